#include <algorithm>
#include <vector>

#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

// The last `limit` stamps in a ring. They come in order, sent or answered, so that the one a new
// call has to outlive is found by counting back from the youngest.
class Stamps {
 public:
  explicit Stamps(std::uint32_t limit) : ring_(limit, TimePoint::min()) {}

  void Add(TimePoint stamp) {
    ring_[next_] = stamp;
    next_ = next_ + 1 == ring_.size() ? 0 : next_ + 1;
  }
  // The n-th youngest; TimePoint::min() when there were fewer. REQUIRES: 1 <= n <= limit.
  TimePoint Youngest(std::size_t n) const {
    return ring_[next_ >= n ? next_ - n : next_ + ring_.size() - n];
  }
  // From the oldest on, so that it does not matter where in the ring that is.
  void Remember(Memory& memory) {
    std::rotate(ring_.begin(), ring_.begin() + static_cast<std::ptrdiff_t>(next_), ring_.end());
    next_ = 0;
    for (TimePoint& stamp : ring_) memory.Keep(stamp);
  }

 private:
  std::vector<TimePoint> ring_;
  std::size_t next_ = 0;
};

// When a call stamped then has left the window.
TimePoint After(TimePoint stamp, Duration period) {
  return stamp == TimePoint::min() ? stamp : stamp + period;
}

class LogOfSent final : public Strategy {
 public:
  explicit LogOfSent(Quota quota) : quota_(quota), stamps_(quota.limit) {}

  TimePoint Check(TimePoint now) const override {
    return std::max(now, After(stamps_.Youngest(quota_.limit), quota_.period));
  }
  void Take(TimePoint now, CallId) override { stamps_.Add(now); }
  void Settle(TimePoint, CallId, const Answer&) override {}
  bool Remember(Memory& memory) override {
    stamps_.Remember(memory);
    return true;
  }

 private:
  const Quota quota_;
  Stamps stamps_;
};

// The server counts a call at some instant between sending and answer. An old call that is taken to
// have been counted at its answer, and a new one at its sending, can only be further apart than it
// looks: no margin for the network is needed, however much it jitters.
class LogOfAnswered final : public Strategy {
 public:
  explicit LogOfAnswered(Quota quota) : quota_(quota), stamps_(quota.limit) {}

  TimePoint Check(TimePoint now) const override {
    if (in_flight_ >= quota_.limit) return kNotYetKnown;
    return std::max(now, After(stamps_.Youngest(quota_.limit - in_flight_), quota_.period));
  }
  void Take(TimePoint, CallId) override { ++in_flight_; }
  // Whatever the fate: a refused call may have been counted as well (KO3).
  void Settle(TimePoint now, CallId, const Answer&) override {
    --in_flight_;
    stamps_.Add(now);
  }
  bool Remember(Memory& memory) override {
    memory.Keep(in_flight_);
    stamps_.Remember(memory);
    return true;
  }

 private:
  const Quota quota_;
  std::uint32_t in_flight_ = 0;
  Stamps stamps_;
};

}  // namespace

StrategyPtr MakeSlidingLog(Quota quota, Stamp stamp) {
  if (stamp == Stamp::kAtSend) return std::make_unique<LogOfSent>(quota);
  return std::make_unique<LogOfAnswered>(quota);
}

}  // namespace kondor::limiter
