#include "client/call/retry.h"

#include <algorithm>

namespace kondor::client {

Again WhetherAgain(ErrorKind kind, CarriedOut carried_out, Idempotency idempotency) {
  switch (kind) {
    case ErrorKind::kRateLimited:
    case ErrorKind::kTransport:
    case ErrorKind::kServerFault:
    case ErrorKind::kMalformed:
      break;
    default:
      return Again::kWouldNotHelp;
  }
  const bool safe = carried_out == CarriedOut::kNo || idempotency == Idempotency::kIdempotent;
  return safe ? Again::kMay : Again::kNotSafe;
}

Duration DelayAfter(int tries, std::optional<Duration> hint, const RetryPolicy& policy, Rng& rng) {
  Duration widest = std::min(policy.jitter_base, policy.jitter_max);
  for (int n = 1; n < tries && widest < policy.jitter_max; ++n) {
    widest = widest > policy.jitter_max / 2 ? policy.jitter_max : widest * 2;
  }
  const auto span = static_cast<std::uint64_t>(std::max(widest, Duration::zero()).count()) + 1;
  const Duration jitter(static_cast<std::int64_t>(rng.Below(span)));
  return std::max(hint.value_or(Duration::zero()), Duration::zero()) + jitter;
}

}  // namespace kondor::client
