#include <algorithm>

#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

// As ITU-T I.371 has it: every call moves the theoretical arrival of the next by one interval, and
// a call may come before its own by a tolerance.
class Gcra final : public Strategy {
 public:
  Gcra(Quota quota, std::uint32_t burst)
      // Rounded up: a client may be slower than the quota, never faster.
      : interval_((quota.period.count() + quota.limit - 1) / quota.limit),
        tolerance_(interval_ * (burst - 1)) {}

  TimePoint Check(TimePoint now) const override { return std::max(now, earliest_); }
  void Take(TimePoint now, CallId) override {
    theoretical_ = std::max(now, theoretical_) + interval_;
    earliest_ = theoretical_ - tolerance_;
  }
  void Settle(TimePoint, CallId, const Answer&) override {}
  bool Remember(Memory& memory) override {
    memory.Keep(theoretical_);
    memory.Keep(earliest_);
    return true;
  }

 private:
  const Duration interval_;
  const Duration tolerance_;
  TimePoint theoretical_ = TimePoint::min();
  TimePoint earliest_ = TimePoint::min();
};

}  // namespace

StrategyPtr MakeGcra(Quota quota, std::uint32_t burst) {
  return std::make_unique<Gcra>(quota, burst);
}

}  // namespace kondor::limiter
