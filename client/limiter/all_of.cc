#include "client/limiter/all_of.h"

#include <algorithm>
#include <utility>

namespace kondor::limiter {
namespace {

class AllOf final : public Strategy {
 public:
  explicit AllOf(std::vector<StrategyPtr> parts) : parts_(std::move(parts)) {}

  // A part that consents at an instant consents at every later one, so the last of them is it.
  TimePoint Check(TimePoint now) const override {
    TimePoint earliest = now;
    for (const StrategyPtr& part : parts_) earliest = std::max(earliest, part->Check(now));
    return earliest;
  }
  void Take(TimePoint now, CallId call) override {
    for (const StrategyPtr& part : parts_) part->Take(now, call);
  }
  void Settle(TimePoint now, CallId call, const Answer& answer) override {
    for (const StrategyPtr& part : parts_) part->Settle(now, call, answer);
  }
  bool Remember(Memory& memory) override {
    return std::all_of(parts_.begin(), parts_.end(),
                       [&memory](const StrategyPtr& part) { return part->Remember(memory); });
  }

 private:
  const std::vector<StrategyPtr> parts_;
};

}  // namespace

StrategyPtr MakeAllOf(std::vector<StrategyPtr> parts) {
  return std::make_unique<AllOf>(std::move(parts));
}

}  // namespace kondor::limiter
