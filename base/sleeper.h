// Waiting, as something that can be replaced: whoever has to wait is handed a Sleeper, so that a
// test can let a manual clock move instead of its own time pass. Thread-safe: SleepUntil of every
// sleeper here may be called from any thread.
#pragma once

#include <stop_token>

#include "base/clock.h"

namespace kondor {

class Sleeper {
 public:
  virtual ~Sleeper() = default;
  // Returns when its clock reads `until`, or when `wake` is asked to stop; TimePoint::max() waits
  // for the latter alone.
  virtual void SleepUntil(TimePoint until, std::stop_token wake) = 0;
};

// For a SystemClock.
class SystemSleeper final : public Sleeper {
 public:
  // `clock` must outlive it.
  explicit SystemSleeper(const SystemClock& clock) : clock_(clock) {}
  void SleepUntil(TimePoint until, std::stop_token wake) override;

 private:
  const SystemClock& clock_;
};

// For a test of one thread: does not wait, but moves the clock on to where it would have waited. To
// be woken is impossible there, so waiting for that alone returns at once.
class ManualSleeper final : public Sleeper {
 public:
  explicit ManualSleeper(ManualClock& clock) : clock_(clock) {}
  void SleepUntil(TimePoint until, std::stop_token wake) override;

 private:
  ManualClock& clock_;
};

}  // namespace kondor
