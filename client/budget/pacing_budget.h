// A shared budget, and what to do while it cannot be reached: go on alone, slowly. Thread-safe.
#pragma once

#include <memory>
#include <stop_token>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/sleeper.h"
#include "client/budget/shared_budget.h"
#include "client/budget/terms.h"
#include "client/limiter/waiting.h"

namespace kondor::limiter {

// So slowly that `workers` of them, each on its own, keep within the longest of the quotas: rounded
// up. (Two of them can still meet within a shorter one.)
Duration PaceOfOneOf(std::uint32_t workers, const std::vector<Quota>& quotas);

class PacingBudget final : public Budget {
 public:
  // `clock` and `sleeper` as those of `shared`.
  PacingBudget(std::unique_ptr<SharedBudget> shared, const Terms& terms, std::uint32_t workers,
               const Clock& clock, Sleeper& sleeper, OnWait on_wait = {});

  using Budget::Enter;
  Result<Pass> Enter(TimePoint deadline, std::stop_token stop) override;

 private:
  void Settle(CallId call, const Answer& answer) override KONDOR_EXCLUDES(mutex_);
  // When a call may go without the others; what it takes if that is now.
  TimePoint Alone(TimePoint now, TimePoint deadline, CallId* taken) KONDOR_EXCLUDES(mutex_);

  // Constant.
  const Duration rest_;
  const Clock& clock_;
  Sleeper& sleeper_;
  const OnWait on_wait_;                        // may be empty
  const std::unique_ptr<SharedBudget> shared_;  // thread-safe itself

  Mutex mutex_;
  const StrategyPtr pace_ KONDOR_PT_GUARDED_BY(mutex_);
  CallId calls_ KONDOR_GUARDED_BY(mutex_) = 0;
  // Since the others could last be asked: nobody goes before that.
  TimePoint not_before_ KONDOR_GUARDED_BY(mutex_) = TimePoint::max();
};

}  // namespace kondor::limiter
