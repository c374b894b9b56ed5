// Lets one call at a time go, when the limits the client believes in have room. Counts from the
// answer: by then the vendor has counted, however long the call was on its way. Thread-safe.
#pragma once

#include <vector>

#include "base/mutex.h"
#include "tests/scenarios/judge/client/manners.h"
#include "tests/scenarios/judge/client/vendor_time.h"

namespace kondor::judge_client {

class Gate {
 public:
  Gate(const Manners& manners, VendorTime& time) : manners_(manners), time_(time) {}

  enum class Turn { kAwaited, kNotAwaited };
  // Runs `call`, in its turn unless it is not awaited; it returns how long everybody has to hold
  // back then.
  template <typename Call>
  void Pass(Call call, Turn turn = Turn::kAwaited) KONDOR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    if (turn == Turn::kAwaited) time_.SleepUntil(NextTurn());
    const Duration hold = call();
    answered_.push_back(time_.Now());
    held_until_ = std::max(held_until_, time_.Now() + hold);
  }

 private:
  Duration NextTurn() KONDOR_REQUIRES(mutex_);
  // When a window has room for one more.
  Duration Room(int limit, Duration window) const KONDOR_REQUIRES(mutex_);

  const Manners& manners_;
  VendorTime& time_;
  Mutex mutex_;
  std::vector<Duration> answered_ KONDOR_GUARDED_BY(mutex_);
  Duration held_until_ KONDOR_GUARDED_BY(mutex_){};
};

}  // namespace kondor::judge_client
