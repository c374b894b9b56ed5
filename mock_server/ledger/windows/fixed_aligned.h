// KO1 `fixed_aligned`: the window is floor(unix time / W). Not thread-safe.
#pragma once

#include <algorithm>

#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// Stands at an instant its owner keeps; `Advance` moves it on. The count is of that instant's
// window, so the window itself need not be remembered.
class FixedAligned {
 public:
  static constexpr bool kCountsRefused = true;  // KO3 can apply

  void Advance(const Quota& quota, Micros from, Micros to) {
    if (Index(quota, from) != Index(quota, to)) count_ = 0;
  }
  bool Admits(const Quota& quota, Micros) const { return count_ < quota.limit; }
  void Charge(const Quota&, Micros) {
    if (count_ < UINT32_MAX) ++count_;
  }
  Micros NextAdmitted(const Quota& quota, Micros at) const {
    return Admits(quota, at) ? at : End(quota, at);
  }
  std::uint32_t Used(const Quota& quota, Micros) const { return std::min(count_, quota.limit); }
  Micros IdleAt(const Quota& quota, Micros at) const { return count_ == 0 ? at : End(quota, at); }

 private:
  static Micros Index(const Quota& quota, Micros at) { return FloorDivide(at, quota.length); }
  static Micros End(const Quota& quota, Micros at) {
    return (Index(quota, at) + 1) * Micros{quota.length};
  }

  std::uint32_t count_ = 0;
};

}  // namespace kondor::ledger
