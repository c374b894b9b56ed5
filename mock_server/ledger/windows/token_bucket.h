// KO1 `token_bucket`: holds up to `limit` tokens, starts full, refills limit/W continuously; a call
// takes one whole token. Not thread-safe.
#pragma once

#include <algorithm>

#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// Stands at an instant its owner keeps; `Advance` moves it on. Kept as what is missing, in units of
// token * W: a microsecond refills exactly `limit` of them and a call takes exactly W.
class TokenBucket {
 public:
  static constexpr bool kCountsRefused = false;  // KO3 says nothing to a bucket

  void Advance(const Quota& quota, Micros from, Micros to) {
    // A whole window refills everything; within one, the product fits.
    const auto elapsed = static_cast<std::uint64_t>(std::min<Micros>(to - from, quota.length));
    missing_ -= std::min(missing_, elapsed * quota.limit);
  }
  bool Admits(const Quota& quota, Micros) const { return missing_ <= Spare(quota); }
  void Charge(const Quota& quota, Micros) { missing_ += quota.length; }
  Micros NextAdmitted(const Quota& quota, Micros at) const {
    if (Admits(quota, at)) return at;
    return at + CeilDivide(static_cast<Micros>(missing_ - Spare(quota)), quota.limit);
  }
  std::uint32_t Used(const Quota& quota, Micros) const {
    return static_cast<std::uint32_t>((missing_ + quota.length - 1) / quota.length);
  }
  Micros IdleAt(const Quota& quota, Micros at) const {
    return at + CeilDivide(static_cast<Micros>(missing_), quota.limit);
  }

 private:
  // What may be missing while a whole token is still there.
  static std::uint64_t Spare(const Quota& quota) {
    return (std::uint64_t{quota.limit} - 1) * quota.length;
  }

  std::uint64_t missing_ = 0;
};

}  // namespace kondor::ledger
