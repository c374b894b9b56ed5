#include "base/sleeper.h"

#include <condition_variable>
#include <mutex>

namespace kondor {

void SystemSleeper::SleepUntil(TimePoint until, std::stop_token wake) {
  std::mutex mutex;
  std::condition_variable_any never_notified;  // it is the stop token that wakes
  std::unique_lock<std::mutex> lock(mutex);
  const auto woken = [&wake] { return wake.stop_requested(); };
  if (until == TimePoint::max()) {
    never_notified.wait(lock, wake, woken);
    return;
  }
  // Again, should the machine's timer have been early: instants are to be reached, not approached.
  for (TimePoint now = clock_.Now(); now < until && !woken(); now = clock_.Now()) {
    never_notified.wait_for(lock, wake, until - now, woken);
  }
}

void ManualSleeper::SleepUntil(TimePoint until, std::stop_token wake) {
  const TimePoint now = clock_.Now();
  if (until == TimePoint::max() || until <= now || wake.stop_requested()) return;
  clock_.Advance(until - now);
}

}  // namespace kondor
