// Whether a call that failed is sent again, and when: two questions, answered apart. Thread-safe:
// pure functions, but for the caller's Rng.
#pragma once

#include <optional>

#include "base/clock.h"
#include "base/error.h"
#include "base/rng.h"

namespace kondor::client {

// May the call be carried out twice without harm?
enum class Idempotency { kIdempotent, kNotIdempotent };

// Has it been carried out, now that it failed?
enum class CarriedOut { kNo, kMaybe };

struct RetryPolicy {
  int tries_max = 5;
  // Full jitter: before try n + 1 a wait between nothing and jitter_base * 2^(n-1), at most
  // jitter_max, drawn evenly. It is added to what the server asked for, never taken off it.
  Duration jitter_base = std::chrono::milliseconds(500);
  Duration jitter_max = std::chrono::seconds(30);
};

enum class Again {
  kMay,
  kWouldNotHelp,  // the same call would be answered the same
  kNotSafe,       // it may have been carried out, and must not be twice
};

Again WhetherAgain(ErrorKind kind, CarriedOut carried_out, Idempotency idempotency);

// After the try of that number, the first is 1, failed.
Duration DelayAfter(int tries, std::optional<Duration> hint, const RetryPolicy& policy, Rng& rng);

}  // namespace kondor::client
