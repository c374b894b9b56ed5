// KO1 `sliding_log`: admit if fewer than limit counted calls lie in (t-W, t]. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>

#include "mock_server/ledger/quota.h"
#include "mock_server/ledger/windows/stamp_ring.h"

namespace kondor::ledger {

// Both windows of an identity share one log, because a call is charged to both together: a window
// is full if the limit-th newest call lies inside it.
// A stamp is the low 32 bits of its instant. `Advance` drops what has left the longest window, so
// every stamp kept is less than a minute older than the instant the log stands at, and its age is
// the difference modulo 2^32.
template <class Ring>
class SlidingLog {
 public:
  static constexpr bool kCountsRefused = true;  // KO3 can apply

  void Advance(const Quotas& quotas, Micros from, Micros to) {
    if (to - from >= quotas.longest) {
      ring_.Clear();  // also because the differences below would wrap after 71 minutes
      return;
    }
    while (ring_.size() > 0 && Age(ring_.size(), to) >= quotas.longest) ring_.DropOldest();
  }
  bool Admits(const Quotas& quotas, Micros at) const {
    return Free(quotas.second, at) && Free(quotas.minute, at);
  }
  void Charge(const Quotas& quotas, Micros at) {
    ring_.Push(static_cast<std::uint32_t>(at), quotas.most);
  }
  // The earliest instant at which a fresh identity would answer the same.
  Micros IdleAt(const Quotas& quotas, Micros at) const {
    return ring_.size() == 0 ? at : at - Age(1, at) + quotas.longest;
  }
  // REQUIRES (both): the window of `period` is on.
  Micros NextAdmitted(const Quotas& quotas, Period period, Micros at) const {
    const Quota& quota = quotas.of(period);
    return Free(quota, at) ? at : at - Age(quota.limit, at) + quota.length;
  }
  std::uint32_t Used(const Quotas& quotas, Period period, Micros at) const {
    const Quota& quota = quotas.of(period);
    std::uint32_t inside = 0;
    std::uint32_t end = std::min(quota.limit, ring_.size()) + 1;  // ages grow with n: bisect
    while (inside + 1 < end) {
      const std::uint32_t n = inside + (end - inside) / 2;
      (Age(n, at) < quota.length ? inside : end) = n;
    }
    return inside;
  }
  std::size_t heap_bytes() const { return ring_.heap_bytes(); }

 private:
  std::uint32_t Age(std::uint32_t n, Micros at) const {
    return static_cast<std::uint32_t>(at) - ring_.Newest(n);
  }
  bool Free(const Quota& quota, Micros at) const {
    return !quota.on() || ring_.size() < quota.limit || Age(quota.limit, at) >= quota.length;
  }

  Ring ring_;
};

}  // namespace kondor::ledger
