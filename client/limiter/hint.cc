#include <algorithm>

#include "client/limiter/reactive.h"

namespace kondor::limiter {
namespace {

class Hint final : public Strategy {
 public:
  explicit Hint(Duration unhinted) : unhinted_(unhinted) {}

  TimePoint Check(TimePoint now) const override { return std::max(now, held_until_); }
  void Take(TimePoint, CallId) override {}
  void Settle(TimePoint now, CallId, const Answer& answer) override {
    if (answer.fate != Answer::Fate::kRefused) return;
    held_until_ = std::max(held_until_, now + answer.hint.value_or(unhinted_));
  }
  bool Remember(Memory& memory) override {
    memory.Keep(held_until_);
    return true;
  }

 private:
  const Duration unhinted_;
  TimePoint held_until_ = TimePoint::min();
};

}  // namespace

StrategyPtr MakeHint(Duration unhinted) { return std::make_unique<Hint>(unhinted); }

}  // namespace kondor::limiter
