#include <algorithm>
#include <cmath>

#include "client/limiter/reactive.h"

namespace kondor::limiter {
namespace {

class Aimd final : public Strategy {
 public:
  explicit Aimd(const AimdOptions& options) : options_(options), rate_(options.rate) {}

  TimePoint Check(TimePoint now) const override {
    return std::max(now, last_ == TimePoint::min() ? last_ : last_ + Interval());
  }
  void Take(TimePoint now, CallId) override { last_ = now; }
  void Settle(TimePoint now, CallId, const Answer& answer) override {
    if (answer.fate == Answer::Fate::kAdmitted) {
      rate_ = std::min(options_.rate_max, rate_ + options_.increase);
    }
    // One breach may refuse several calls in flight; it is one reason to slow down, not several.
    if (answer.fate != Answer::Fate::kRefused || now < settled_) return;
    settled_ = now + options_.settle;
    rate_ = std::max(options_.rate_min, rate_ * options_.decrease);
  }
  bool Remember(Memory& memory) override {
    memory.Keep(rate_);
    memory.Keep(last_);
    memory.Keep(settled_);
    return true;
  }

 private:
  Duration Interval() const { return Duration(std::llround(std::ceil(1e9 / rate_))); }

  const AimdOptions options_;
  double rate_;
  TimePoint last_ = TimePoint::min();
  TimePoint settled_ = TimePoint::min();
};

}  // namespace

StrategyPtr MakeAimd(const AimdOptions& options) { return std::make_unique<Aimd>(options); }

}  // namespace kondor::limiter
