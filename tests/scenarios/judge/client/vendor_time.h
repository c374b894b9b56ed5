// Time as the vendor's clock runs: KONDOR_SPEED times the machine's. Thread-safe.
#pragma once

#include <chrono>

#include "base/clock.h"
#include "base/sleeper.h"

namespace kondor::judge_client {

class VendorTime {
 public:
  explicit VendorTime(double speed) : speed_(speed), begin_(clock_.Now()) {}

  // Since the program began.
  Duration Now() const { return Scaled(clock_.Now() - begin_, speed_); }
  void SleepUntil(Duration t) {
    sleeper_.SleepUntil(begin_ + Scaled(t, 1 / speed_) + std::chrono::microseconds(1), {});
  }
  void Sleep(Duration d) { SleepUntil(Now() + d); }
  // By the machine's clock.
  std::chrono::milliseconds Real(Duration d) const {
    return std::chrono::ceil<std::chrono::milliseconds>(Scaled(d, 1 / speed_));
  }

 private:
  static Duration Scaled(Duration d, double by) {
    return Duration(static_cast<std::int64_t>(static_cast<double>(d.count()) * by));
  }

  const SystemClock clock_;
  SystemSleeper sleeper_{clock_};
  const double speed_;
  const TimePoint begin_;
};

}  // namespace kondor::judge_client
