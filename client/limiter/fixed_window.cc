#include <algorithm>

#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

class FixedWindow final : public Strategy {
 public:
  explicit FixedWindow(Quota quota) : quota_(quota) {}

  TimePoint Check(TimePoint now) const override {
    return taken_ < quota_.limit ? now : std::max(now, end_);
  }
  void Take(TimePoint now, CallId) override {
    if (now >= end_) {
      end_ = now + quota_.period;
      taken_ = 0;
    }
    ++taken_;
  }
  void Settle(TimePoint, CallId, const Answer&) override {}
  bool Remember(Memory& memory) override {
    memory.Keep(end_);
    memory.Keep(taken_);
    return true;
  }

 private:
  const Quota quota_;
  TimePoint end_ = TimePoint::min();
  std::uint32_t taken_ = 0;
};

}  // namespace

StrategyPtr MakeFixedWindow(Quota quota) { return std::make_unique<FixedWindow>(quota); }

}  // namespace kondor::limiter
