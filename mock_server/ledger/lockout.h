// KO2: after a breach an identity may be refused for 60 seconds, whatever its counters say.
// Not thread-safe.
#pragma once

#include <cstdint>

#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// Stands at an instant its owner keeps; `Advance` moves it on.
class Lock {
 public:
  static constexpr std::uint32_t kLength = 60'000'000;

  bool holds() const { return left_ > 0; }
  // A call exactly 60 s after the refusal that set the lock is looked at normally.
  Micros Until(Micros at) const { return at + left_; }

  void Advance(Micros from, Micros to) {
    left_ = to - from >= left_ ? 0 : left_ - static_cast<std::uint32_t>(to - from);
  }
  // The identity's own counter, or this lock, refused a call.
  void Refused(Lockout reading) {
    if (reading == Lockout::kFromLast || (reading == Lockout::kFromBreach && !holds())) {
      left_ = kLength;
    }
  }

 private:
  std::uint32_t left_ = 0;
};

}  // namespace kondor::ledger
