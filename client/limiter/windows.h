// Strategies that keep within a quota by counting. Thread-safe: pure functions.
#pragma once

#include "client/limiter/strategy.h"

namespace kondor::limiter {

// At least `interval` between one call and the next. REQUIRES: interval > 0.
StrategyPtr MakePace(Duration interval);

// GCRA: calls evenly spread over the period, and up to `burst` of them at once after a rest.
// 1 <= burst <= quota.limit; with the whole limit it is the token bucket.
StrategyPtr MakeGcra(Quota quota, std::uint32_t burst);

// A window opens with the first call and takes `limit` of them; the next opens when it is over.
StrategyPtr MakeFixedWindow(Quota quota);

// When the sliding log takes an old call to have been counted by the server.
enum class Stamp {
  kAtSend,    // when it was sent: wrong by the time the network took, the other way about
  kAtAnswer,  // when its answer was there: at the latest, so never too early
};

// No more than `limit` calls in any stretch as long as the period.
StrategyPtr MakeSlidingLog(Quota quota, Stamp stamp);

}  // namespace kondor::limiter
