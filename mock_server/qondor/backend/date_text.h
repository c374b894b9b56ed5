// Dates as .NET reads and writes them: "2026-04-01", "2026-04-01T10:30:00.5", with a Z, with an
// offset, or with no zone at all (Q13). Thread-safe: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mock_server/qondor/contract/scalar.h"

namespace kondor::qondor {

// Years 1 to 9999. An offset is worked in: the result is UTC. The seventh digit of a fraction is
// dropped: dates are kept in microseconds.
std::optional<Scalar> ParseDate(std::string_view text);

// "2026-04-01T00:00:00Z"; a fraction only when there is one. REQUIRES: date.is_date().
void AppendDate(std::string& out, const Scalar& date);

}  // namespace kondor::qondor
