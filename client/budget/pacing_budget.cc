#include "client/budget/pacing_budget.h"

#include <algorithm>
#include <utility>

#include "client/limiter/all_of.h"
#include "client/limiter/reactive.h"
#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

constexpr Duration kAskOthersEvery = std::chrono::seconds(1);

StrategyPtr MakePaceOf(const Terms& terms, std::uint32_t workers) {
  std::vector<StrategyPtr> parts;
  parts.push_back(MakePace(PaceOfOneOf(workers, terms.quotas)));
  parts.push_back(MakeHint(terms.rest));
  return MakeAllOf(std::move(parts));
}

}  // namespace

Duration PaceOfOneOf(std::uint32_t workers, const std::vector<Quota>& quotas) {
  Duration pace{};
  for (const Quota& quota : quotas) {
    // So that no period holds more of anybody's calls than a whole share.
    const std::int64_t share = std::max<std::int64_t>(1, quota.limit / workers);
    const Duration even((quota.period.count() * workers + quota.limit - 1) / quota.limit);
    const Duration whole((quota.period.count() + share - 1) / share);
    pace = std::max({pace, even, whole});
  }
  return pace;
}

PacingBudget::PacingBudget(std::unique_ptr<SharedBudget> shared, const Terms& terms,
                           std::uint32_t workers, const Clock& clock, Sleeper& sleeper,
                           OnWait on_wait)
    : rest_(terms.rest),
      clock_(clock),
      sleeper_(sleeper),
      on_wait_(std::move(on_wait)),
      shared_(std::move(shared)),
      pace_(MakePaceOf(terms, workers)) {}

Result<Pass> PacingBudget::Enter(TimePoint deadline, std::stop_token stop) {
  for (bool told = false;; told = true) {
    Result<Pass> pass = shared_->Enter(deadline, stop);
    const bool reached = pass || pass.error().kind != ErrorKind::kUnavailable;
    if (reached) {
      const MutexLock lock(mutex_);
      not_before_ = TimePoint::max();
      return pass;
    }
    const TimePoint now = clock_.Now();
    CallId taken = 0;
    const TimePoint turn = Alone(now, deadline, &taken);
    if (taken != 0) return Pass(this, taken);
    if (turn > deadline || now >= deadline) {
      Error late = TooLate({Waiting::Why::kAlone, turn - now}, deadline - now).error();
      late.message += "; " + pass.error().message;
      return Unexpected(std::move(late));
    }
    if (!told && on_wait_) on_wait_({Waiting::Why::kAlone, turn - now});
    sleeper_.SleepUntil(std::min({turn, deadline, now + kAskOthersEvery}), stop);
    if (stop.stop_requested()) {
      return Unexpected(ErrorKind::kCancelled, "cancelled while waiting for the rate limit");
    }
  }
}

TimePoint PacingBudget::Alone(TimePoint now, TimePoint deadline, CallId* taken) {
  const MutexLock lock(mutex_);
  // What the others have spent until now is forgotten after a period.
  if (not_before_ == TimePoint::max()) not_before_ = now + rest_;
  const TimePoint turn = std::max(not_before_, pace_->Check(now));
  if (turn > now || now > deadline) return turn;
  *taken = ++calls_;
  pace_->Take(now, calls_);
  return now;
}

void PacingBudget::Settle(CallId call, const Answer& answer) {
  {
    const MutexLock lock(mutex_);
    pace_->Settle(clock_.Now(), call, answer);
  }
  shared_->Unrecorded();
}

}  // namespace kondor::limiter
