// JSON as ASP.NET writes it: compact, letters beyond ASCII as they are (Q12).
// Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "mock_server/qondor/contract/scalar.h"

namespace kondor::qondor {

// Quotes and escapes included. REQUIRES: valid UTF-8.
void AppendText(std::string& out, std::string_view text);
// Decimal notation, as short as it can be told from its neighbours.
void AppendNumber(std::string& out, double value);
void AppendScalar(std::string& out, const Scalar& value);

}  // namespace kondor::qondor
