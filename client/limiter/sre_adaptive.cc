#include <algorithm>
#include <deque>

#include "base/rng.h"
#include "client/limiter/reactive.h"

namespace kondor::limiter {
namespace {

class SreAdaptive final : public Strategy {
 public:
  explicit SreAdaptive(const SreOptions& options) : options_(options), rng_(options.seed) {}

  TimePoint Check(TimePoint now) const override { return std::max(now, held_until_); }

  void Take(TimePoint now, CallId) override { Remember(now, &Tally::requests); }

  // The dice are thrown here and not in Check, which changes nothing: how often the next call would
  // be held back in a row, before it is let go.
  void Settle(TimePoint now, CallId, const Answer& answer) override {
    if (answer.fate == Answer::Fate::kAdmitted) Remember(now, &Tally::accepts);
    Forget(now);
    TimePoint go = now;
    while (rng_.Unit() < HeldBack()) {
      Remember(go, &Tally::requests);  // a call held back is a request, too
      go += options_.retry;
      Forget(go);
    }
    held_until_ = std::max(held_until_, go);
  }

  bool Remember(Memory& memory) override {
    const auto keep = [&memory](Tally& tally) {
      memory.Keep(tally.at);
      memory.Keep(tally.requests);
      memory.Keep(tally.accepts);
    };
    memory.Keep(rng_);
    memory.KeepAll(tallies_, keep);
    keep(sum_);
    memory.Keep(held_until_);
    return true;
  }

 private:
  struct Tally {
    TimePoint at;
    std::uint32_t requests = 0;
    std::uint32_t accepts = 0;
  };

  void Remember(TimePoint at, std::uint32_t Tally::*what) {
    if (tallies_.empty() || tallies_.back().at != at) tallies_.push_back({at});
    ++(tallies_.back().*what);
    ++(sum_.*what);
  }
  void Forget(TimePoint now) {
    while (!tallies_.empty() && now - tallies_.front().at >= options_.window) {
      sum_.requests -= tallies_.front().requests;
      sum_.accepts -= tallies_.front().accepts;
      tallies_.pop_front();
    }
  }
  double HeldBack() const {
    const double over = sum_.requests - options_.k * sum_.accepts;
    return std::max(0.0, over / (sum_.requests + 1.0));
  }

  const SreOptions options_;
  Rng rng_;
  std::deque<Tally> tallies_;
  Tally sum_;
  TimePoint held_until_ = TimePoint::min();
};

}  // namespace

StrategyPtr MakeSreAdaptive(const SreOptions& options) {
  return std::make_unique<SreAdaptive>(options);
}

}  // namespace kondor::limiter
