// What a counter allows: so many calls in so long a window. Immutable value types.
#pragma once

#include <algorithm>
#include <cstdint>

#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {

// An instant of the ledger, or the time between two: whole microseconds.
using Micros = std::int64_t;

struct Quota {
  std::uint32_t limit = 0;  // 0: the window is off
  std::uint32_t length = 0;

  bool on() const { return limit > 0; }
};

// The two windows of K4.
struct Quotas {
  Quota second;
  Quota minute;
  std::uint32_t longest = 0;  // length of the longest window that is on
  std::uint32_t most = 0;     // the larger limit

  Quotas() = default;
  Quotas(std::uint32_t per_second, std::uint32_t per_minute)
      : second{per_second, 1'000'000},
        minute{per_minute, 60'000'000},
        longest(minute.on()   ? minute.length
                : second.on() ? second.length
                              : 0),
        most(std::max(per_second, per_minute)) {}

  bool any() const { return most > 0; }
  const Quota& of(Period period) const { return period == Period::kSecond ? second : minute; }
};

// Rounds towards the past, also before 1970. REQUIRES: divisor > 0.
constexpr Micros FloorDivide(Micros value, Micros divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

// REQUIRES: value >= 0, divisor > 0.
constexpr Micros CeilDivide(Micros value, Micros divisor) {
  return value / divisor + (value % divisor > 0 ? 1 : 0);
}

}  // namespace kondor::ledger
