#include <algorithm>

#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

class Pace final : public Strategy {
 public:
  explicit Pace(Duration interval) : interval_(interval) {}

  TimePoint Check(TimePoint now) const override { return std::max(now, next_); }
  void Take(TimePoint now, CallId) override { next_ = now + interval_; }
  void Settle(TimePoint, CallId, const Answer&) override {}
  bool Remember(Memory& memory) override {
    memory.Keep(next_);
    return true;
  }

 private:
  const Duration interval_;
  TimePoint next_ = TimePoint::min();
};

}  // namespace

StrategyPtr MakePace(Duration interval) { return std::make_unique<Pace>(interval); }

}  // namespace kondor::limiter
