// When a call may go: as the client's default strategy says, or, for a probe, at one instant and
// not a moment before. Thread-safe.
#pragma once

#include <optional>

#include "client/limiter/gate.h"

namespace kondor::live {

class Turnstile final : public limiter::Budget {
 public:
  // Of the default strategy that has learnt nothing yet but to leave `interval` between two calls.
  // Clock and sleeper must outlive it.
  Turnstile(std::vector<limiter::Quota> quotas, Duration interval, const Clock& clock,
            Sleeper& sleeper);

  // The next call goes then, whatever the strategy says of it.
  void OpenAt(TimePoint instant) { at_ = instant; }
  // No call of the strategy's goes before: it knows nothing of those that went at an instant.
  void RestUntil(TimePoint instant) { rest_until_ = std::max(rest_until_, instant); }

  using Budget::Enter;
  Result<limiter::Pass> Enter(TimePoint deadline, std::stop_token stop) override;

 private:
  // What became of a call that went at an instant is the probe's to judge.
  void Settle(limiter::CallId, const limiter::Answer&) override {}

  const Clock& clock_;
  Sleeper& sleeper_;
  limiter::Gate gate_;
  std::optional<TimePoint> at_;
  TimePoint rest_until_ = TimePoint::min();
};

}  // namespace kondor::live
