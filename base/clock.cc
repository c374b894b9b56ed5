#include "base/clock.h"

#include <ctime>

namespace kondor {
namespace {

Duration Monotonic() noexcept {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

Duration Wall() noexcept {
  return std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch());
}

}  // namespace

SystemClock::SystemClock() noexcept : anchor_(Wall() - Monotonic()) {}

TimePoint SystemClock::Now() const noexcept { return TimePoint(anchor_ + Monotonic()); }

TimePoint MachineClock::Now() const noexcept {
  std::timespec since_boot{};
  clock_gettime(CLOCK_BOOTTIME, &since_boot);
  return TimePoint(std::chrono::seconds(since_boot.tv_sec) + Duration(since_boot.tv_nsec));
}

}  // namespace kondor
