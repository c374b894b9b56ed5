// One strategy for many threads: first come, first served, with a deadline, and cancellable.
//
//   kondor::SystemClock clock;
//   kondor::SystemSleeper sleeper(clock);
//   Gate gate(MakeLearning({.quotas = {{1, 1s}, {20, 60s}}}), clock, sleeper);
//   if (auto pass = gate.Enter(clock.Now() + 5min)) {
//     ... make the call ...
//     pass->Settle({Answer::Fate::kAdmitted});
//   }
// Thread-safe.
#pragma once

#include <deque>
#include <stop_token>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/sleeper.h"
#include "client/limiter/budget.h"
#include "client/limiter/waiting.h"

namespace kondor::limiter {

class Gate final : public Budget {
 public:
  // `clock` and `sleeper` must outlive it, and be of the same time.
  Gate(StrategyPtr strategy, const Clock& clock, Sleeper& sleeper, OnWait on_wait = {});

  using Budget::Enter;
  // Never kUnavailable.
  Result<Pass> Enter(TimePoint deadline, std::stop_token stop) override;

 private:
  // Somebody who waits.
  struct Waiter {
    std::stop_source wake;  // asked to stop when there is something to look at
  };

  Result<Pass> WaitAndEnter(TimePoint deadline, const std::stop_token& stop);
  // When the first in line may go, as far as is known; others have to become first.
  TimePoint Turn(const Waiter& me, TimePoint now) const KONDOR_REQUIRES(mutex_);
  // Why it is not now.
  Waiting WaitOf(const Waiter& me, TimePoint now) const KONDOR_REQUIRES(mutex_);
  Pass LetIn(TimePoint now) KONDOR_REQUIRES(mutex_);
  void Leave(Waiter& me) KONDOR_REQUIRES(mutex_);
  void WakeFirst() KONDOR_REQUIRES(mutex_);
  void Settle(CallId call, const Answer& answer) override KONDOR_EXCLUDES(mutex_);

  // Constant.
  const Clock& clock_;
  Sleeper& sleeper_;
  const OnWait on_wait_;  // may be empty

  Mutex mutex_;
  StrategyPtr strategy_ KONDOR_PT_GUARDED_BY(mutex_);
  std::deque<Waiter*> waiting_ KONDOR_GUARDED_BY(mutex_);
  CallId calls_ KONDOR_GUARDED_BY(mutex_) = 0;
};

}  // namespace kondor::limiter
