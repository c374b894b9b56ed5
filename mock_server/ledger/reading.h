// One reading of the vendor's words about limits: which window, which lock-out, who is counted.
// Every field is an open question of docs/VENDORS.md; the defaults are the documented ones.
// Immutable value types.
#pragma once

#include <cstdint>

namespace kondor::ledger {

enum class Window {  // KO1
  kSlidingLog,
  kFixedFromFirst,
  kFixedAligned,
  kSlidingCounter,
  kTokenBucket,
  kGcra,
};

enum class Lockout { kNone, kFromBreach, kFromLast };  // KO2
enum class CountRefused { kNo, kYes };                 // KO3
enum class Scope { kIndependent, kPair };              // KO4

// KO8. In order: the address is looked at first, and an identity that admits is charged even if a
// later one refuses. The first refusal ends the looking, so only that identity can be locked (KO2);
// what KO3 says of a refused call is the same in both: it is charged to all its counters.
enum class Charge { kAllOrNone, kInOrder };

struct Reading {
  Window window = Window::kSlidingLog;
  Lockout lockout = Lockout::kNone;
  CountRefused count_refused = CountRefused::kNo;
  Scope scope = Scope::kIndependent;
  Charge charge = Charge::kAllOrNone;
  std::uint32_t per_second = 1;   // K4; 0 = this window is off
  std::uint32_t per_minute = 20;  // K4; 0 = this window is off

  friend bool operator==(const Reading&, const Reading&) = default;
};

}  // namespace kondor::ledger
