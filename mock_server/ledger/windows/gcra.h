// KO1 `gcra`: no burst, one call per W/limit. Not thread-safe.
#pragma once

#include <algorithm>

#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// Stands at an instant its owner keeps; `Advance` moves it on. Without a burst the theoretical
// arrival time is the last admitted call plus W/limit. What is left until then is kept times
// `limit`, so that W/limit need not be whole.
class Gcra {
 public:
  static constexpr bool kCountsRefused = false;  // KO3 says nothing to GCRA

  void Advance(const Quota& quota, Micros from, Micros to) {
    const auto elapsed = static_cast<std::uint64_t>(std::min<Micros>(to - from, quota.length));
    left_ -= static_cast<std::uint32_t>(std::min<std::uint64_t>(left_, elapsed * quota.limit));
  }
  bool Admits(const Quota&, Micros) const { return left_ == 0; }
  void Charge(const Quota& quota, Micros) { left_ = quota.length; }
  Micros NextAdmitted(const Quota& quota, Micros at) const {
    return at + CeilDivide(left_, quota.limit);
  }
  // One while its call holds the slot: there is no burst to use more of.
  std::uint32_t Used(const Quota&, Micros) const { return left_ > 0 ? 1 : 0; }
  Micros IdleAt(const Quota& quota, Micros at) const { return NextAdmitted(quota, at); }

 private:
  std::uint32_t left_ = 0;
};

}  // namespace kondor::ledger
