#include "scenarios/live/wire/turnstile.h"

#include <utility>

#include "client/limiter/learning.h"

namespace kondor::live {

Turnstile::Turnstile(std::vector<limiter::Quota> quotas, Duration interval, const Clock& clock,
                     Sleeper& sleeper)
    : clock_(clock),
      sleeper_(sleeper),
      gate_(limiter::MakeLearning({.quotas = std::move(quotas), .interval = interval}), clock,
            sleeper) {}

Result<limiter::Pass> Turnstile::Enter(TimePoint deadline, std::stop_token stop) {
  const std::optional<TimePoint> at = std::exchange(at_, {});
  const TimePoint from = at.value_or(rest_until_);
  if (from > deadline) {
    return Unexpected(ErrorKind::kDeadline, "the run would take longer than it said it may");
  }
  if (from > clock_.Now()) sleeper_.SleepUntil(from, stop);
  if (!at) return gate_.Enter(deadline, std::move(stop));
  if (stop.stop_requested()) return Unexpected(ErrorKind::kCancelled, "cancelled");
  return limiter::Pass(this, 0);
}

}  // namespace kondor::live
