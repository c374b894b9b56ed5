#include <algorithm>

#include "base/rng.h"
#include "client/limiter/reactive.h"

namespace kondor::limiter {
namespace {

class Backoff final : public Strategy {
 public:
  explicit Backoff(const BackoffOptions& options)
      : options_(options), next_(options.base), rng_(options.seed) {}

  TimePoint Check(TimePoint now) const override { return std::max(now, held_until_); }
  void Take(TimePoint, CallId) override {}
  void Settle(TimePoint now, CallId, const Answer& answer) override {
    if (answer.fate == Answer::Fate::kAdmitted) next_ = options_.base;
    if (answer.fate != Answer::Fate::kRefused) return;
    held_until_ = std::max(held_until_, now + Jittered(next_));
    next_ = std::min(options_.cap, next_ * 2);
  }
  bool Remember(Memory& memory) override {
    memory.Keep(next_);
    memory.Keep(rng_);
    memory.Keep(held_until_);
    return true;
  }

 private:
  Duration Jittered(Duration wait) {
    if (options_.jitter == BackoffOptions::Jitter::kNone) return wait;
    return Duration(rng_.Below(static_cast<std::uint64_t>(wait.count()) + 1));
  }

  const BackoffOptions options_;
  Duration next_;
  Rng rng_;
  TimePoint held_until_ = TimePoint::min();
};

}  // namespace

StrategyPtr MakeBackoff(const BackoffOptions& options) {
  return std::make_unique<Backoff>(options);
}

}  // namespace kondor::limiter
