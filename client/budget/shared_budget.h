// A budget on a shared log: waits for one's turn, and tells the log what became of the call.
// Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/sleeper.h"
#include "client/budget/shared_log.h"
#include "client/limiter/budget.h"
#include "client/limiter/waiting.h"

namespace kondor::limiter {

// How often whoever waits looks for what others wrote: each time after twice as long.
struct Polling {
  Duration least{};
  Duration most{};
};

class SharedBudget final : public Budget {
 public:
  // `clock` and `sleeper` are the caller's, must outlive it, and be of the same time; it need not
  // be that of the log, but must pass as fast.
  SharedBudget(std::unique_ptr<SharedLog> log, Polling polling, const Clock& clock,
               Sleeper& sleeper, OnWait on_wait = {});

  using Budget::Enter;
  Result<Pass> Enter(TimePoint deadline, std::stop_token stop) override;
  // A call was made without the log, and has been answered.
  void Unrecorded();

 private:
  // Somebody who waits. What wakes has a mutex of its own, because the other may be held as long as
  // a server takes to answer.
  struct Waiter {
    Mutex mutex;
    std::stop_source wake KONDOR_GUARDED_BY(mutex);
    Duration poll{};

    void Wake() KONDOR_EXCLUDES(mutex);
    std::stop_token Token() KONDOR_EXCLUDES(mutex);
    void Rest() KONDOR_EXCLUDES(mutex);
  };
  struct Attempt {
    Seen seen;
    TimePoint at;  // seen.now on the caller's clock

    Waiting WhatFor() const;
  };

  Result<Pass> Wait(CallId call, Attempt last, TimePoint deadline, const std::stop_token& stop);
  Result<Attempt> Try(CallId call, TimePoint deadline) KONDOR_REQUIRES(mutex_);
  // When to look again, on the caller's clock.
  TimePoint LookAgain(const Attempt& last, Waiter& me) const;
  void GiveUp(CallId call) KONDOR_REQUIRES(mutex_);
  // Writes what is owed, the eldest first, as long as the log takes it.
  Result<void> PayUp() KONDOR_REQUIRES(mutex_);
  void Owe(const Wish& wish) KONDOR_REQUIRES(mutex_);
  void WakeFirst() KONDOR_REQUIRES(mutex_);
  void Settle(CallId call, const Answer& answer) override KONDOR_EXCLUDES(mutex_);

  // Constant.
  const Polling polling_;
  const Clock& clock_;
  Sleeper& sleeper_;
  const OnWait on_wait_;     // may be empty
  const CallId unrecorded_;  // stands for all calls the log never heard of

  Mutex mutex_;
  const std::unique_ptr<SharedLog> log_ KONDOR_PT_GUARDED_BY(mutex_);
  std::map<CallId, Waiter*> waiting_ KONDOR_GUARDED_BY(mutex_);
  std::vector<Wish> owed_ KONDOR_GUARDED_BY(mutex_);  // that the log could not be told
};

}  // namespace kondor::limiter
