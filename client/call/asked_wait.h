// How long a server asks to wait, wherever it says so. Thread-safe: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace kondor::client {

// A longer wait is taken for this one: no deadline reaches it, and an instant can bear it.
inline constexpr Duration kAskedWaitMax = std::chrono::hours(24 * 366);

// In a sentence: the first number that a unit of time follows, "try again in 60 seconds" or "in 1
// minute" (K5, K6). Nothing when there is none or it is negative; fractions are rounded up.
std::optional<Duration> WaitInSentence(std::string_view sentence);

// Of a Retry-After header with whole seconds (G6); of a date it is nothing (Q18).
std::optional<Duration> WaitInSeconds(std::string_view header);

}  // namespace kondor::client
