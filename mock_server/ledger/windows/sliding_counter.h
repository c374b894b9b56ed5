// KO1 `sliding_counter`: aligned windows, the previous one weighted by how much of it a window that
// ends now still overlaps. Not thread-safe.
#pragma once

#include <algorithm>

#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// Stands at an instant its owner keeps; `Advance` moves it on. With e microseconds of the current
// window gone, a call is admitted if previous * (W - e) + current * W < limit * W: the definition
// multiplied by W, so that nothing is rounded. Counts and limits have 32 bits and W has 26, so
// every product fits.
class SlidingCounter {
 public:
  static constexpr bool kCountsRefused = true;  // KO3 can apply

  void Advance(const Quota& quota, Micros from, Micros to) {
    const Micros windows = FloorDivide(to, quota.length) - FloorDivide(from, quota.length);
    if (windows == 0) return;
    previous_ = windows == 1 ? current_ : 0;
    current_ = 0;
  }
  bool Admits(const Quota& quota, Micros at) const {
    return Weight(quota, at) < std::uint64_t{quota.limit} * quota.length;
  }
  void Charge(const Quota&, Micros) {
    if (current_ < UINT32_MAX) ++current_;
  }
  Micros NextAdmitted(const Quota& quota, Micros at) const {
    if (Admits(quota, at)) return at;
    const Micros start = FloorDivide(at, quota.length) * Micros{quota.length};
    // In this window if only the previous one's weight is in the way, else as it fades in the next.
    if (current_ < quota.limit) return start + Faded(quota, previous_, quota.limit - current_);
    return start + quota.length + Faded(quota, current_, quota.limit);
  }
  std::uint32_t Used(const Quota& quota, Micros at) const {
    const std::uint64_t whole = (Weight(quota, at) + quota.length - 1) / quota.length;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(whole, quota.limit));
  }
  Micros IdleAt(const Quota& quota, Micros at) const {
    const Micros windows = current_ > 0 ? 2 : previous_ > 0 ? 1 : 0;
    if (windows == 0) return at;
    return (FloorDivide(at, quota.length) + windows) * Micros{quota.length};
  }

 private:
  std::uint64_t Weight(const Quota& quota, Micros at) const {
    const Micros gone = at - FloorDivide(at, quota.length) * Micros{quota.length};
    const auto left = static_cast<std::uint64_t>(quota.length - gone);
    return previous_ * left + std::uint64_t{current_} * quota.length;
  }

  // How far into a window `count` calls of the one before weigh less than `room` calls: the least
  // e >= 0 with count * (W - e) < room * W. REQUIRES: room > 0.
  static Micros Faded(const Quota& quota, std::uint32_t count, std::uint32_t room) {
    if (count < room) return 0;
    const std::uint64_t left_max = (std::uint64_t{room} * quota.length - 1) / count;
    return static_cast<Micros>(quota.length - left_max);
  }

  std::uint32_t current_ = 0;
  std::uint32_t previous_ = 0;
};

}  // namespace kondor::ledger
