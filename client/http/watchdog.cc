#include "client/http/watchdog.h"

#include <utility>

namespace kondor::client {

Watchdog::Guard::Guard(Watchdog& dog, TimePoint until, std::function<void()> bite)
    : dog_(dog), watched_{std::move(bite)} {
  const MutexLock lock(dog_.mutex_);
  place_ = dog_.watched_.emplace(until, &watched_);
  // Later ones are met when it looks again anyway: most requests end long before, and wake nobody.
  if (until < dog_.looks_again_) dog_.wake_.request_stop();
}

Watchdog::Guard::~Guard() {
  const MutexLock lock(dog_.mutex_);
  if (!watched_.bitten) dog_.watched_.erase(place_);
}

bool Watchdog::Guard::bitten() const {
  const MutexLock lock(dog_.mutex_);
  return watched_.bitten;
}

Watchdog::Watchdog() : thread_([this](const std::stop_token& stop) { Watch(stop); }) {}

Watchdog::~Watchdog() {
  thread_.request_stop();
  const MutexLock lock(mutex_);
  wake_.request_stop();
}

void Watchdog::Watch(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    TimePoint until;
    std::stop_token woken;
    {
      const MutexLock lock(mutex_);
      until = looks_again_ = BiteThoseDue();
      // Whoever ends us asks first us and then `wake_` to stop; a new one must not hide that.
      if (wake_.stop_requested() && !stop.stop_requested()) wake_ = std::stop_source();
      woken = wake_.get_token();
    }
    sleeper_.SleepUntil(until, woken);
  }
}

TimePoint Watchdog::BiteThoseDue() {
  const TimePoint now = clock_.Now();
  while (!watched_.empty() && watched_.begin()->first <= now) {
    Guard::Watched* due = watched_.begin()->second;
    watched_.erase(watched_.begin());
    due->bitten = true;
    due->bite();
  }
  return watched_.empty() ? TimePoint::max() : watched_.begin()->first;
}

}  // namespace kondor::client
