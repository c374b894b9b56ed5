// Instants as text: ISO 8601 for people and JSON, IMF-fixdate for the HTTP `Date` header (RFC
// 9110). Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace kondor {

// "2026-01-01T00:00:00Z", with an optional fraction of 1 to 6 digits. UTC only: a test that depends
// on somebody's time zone is a test that fails elsewhere. Years 1970 to 2199.
Result<TimePoint> ParseIsoTime(std::string_view text);

// Always six digits, rounded down: "2026-01-01T00:00:00.000000Z".
std::string FormatIsoTime(TimePoint t);
// Three digits, as the vendor writes dates (K12): "2020-06-30T23:30:56.904Z".
std::string FormatIsoMillis(TimePoint t);
// "Thu, 01 Jan 2026 00:00:00 GMT".
std::string FormatHttpDate(TimePoint t);

// The last instant a sandbox's clock may show; beyond it 64-bit nanoseconds would soon end.
inline constexpr TimePoint kTimeMax = FromUnixMicros(7'258'118'400'000'000);  // 2200-01-01

}  // namespace kondor
