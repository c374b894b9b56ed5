#include "tests/scenarios/judge/client/gate.h"

#include <algorithm>

namespace kondor::judge_client {

Duration Gate::Room(int limit, Duration window) const {
  const auto most = static_cast<std::size_t>(limit);
  if (limit <= 0 || answered_.size() < most) return Duration::zero();
  if (manners_.pacing == Pacing::kFixedMinute && window >= std::chrono::minutes(1)) {
    // As many as fit into each window since the first call: two windows' worth where they meet.
    const Duration now = time_.Now();
    const Duration begin = answered_.front() + (now - answered_.front()) / window * window;
    const auto inside = std::ranges::count_if(answered_, [&](Duration t) { return t >= begin; });
    return inside < limit ? Duration::zero() : begin + window;
  }
  return answered_[answered_.size() - most] + window + manners_.margin;
}

Duration Gate::NextTurn() {
  using std::chrono::milliseconds;
  Duration turn = held_until_;
  if (manners_.pacing == Pacing::kNone) return turn;
  if (manners_.pacing == Pacing::kSlow && !answered_.empty()) {
    return std::max(turn, answered_.back() + milliseconds(3'200));
  }
  turn = std::max(turn, Room(manners_.per_second, std::chrono::seconds(1)));
  return std::max(turn, Room(manners_.per_minute + manners_.per_minute_bonus, manners_.minute));
}

}  // namespace kondor::judge_client
