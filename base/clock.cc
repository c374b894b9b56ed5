#include "base/clock.h"

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

}  // namespace kondor
