// KO1 `fixed_from_first`: with no window open, a counted call opens one, [t, t+W). Not thread-safe.
#pragma once

#include <algorithm>

#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// Stands at an instant its owner keeps; `Advance` moves it on.
class FixedFromFirst {
 public:
  static constexpr bool kCountsRefused = true;  // KO3 can apply

  void Advance(const Quota&, Micros from, Micros to) {
    if (to - from >= left_) {
      left_ = 0;
      count_ = 0;
    } else {
      left_ -= static_cast<std::uint32_t>(to - from);
    }
  }
  bool Admits(const Quota& quota, Micros) const { return count_ < quota.limit; }
  void Charge(const Quota& quota, Micros) {
    if (left_ == 0) left_ = quota.length;
    if (count_ < UINT32_MAX) ++count_;
  }
  Micros NextAdmitted(const Quota& quota, Micros at) const {
    return Admits(quota, at) ? at : at + left_;
  }
  std::uint32_t Used(const Quota& quota, Micros) const { return std::min(count_, quota.limit); }
  Micros IdleAt(const Quota&, Micros at) const { return at + left_; }

 private:
  std::uint32_t count_ = 0;
  std::uint32_t left_ = 0;  // until the open window closes; 0: none is open
};

}  // namespace kondor::ledger
