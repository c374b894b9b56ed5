// Reads a request's JSON against the body it should be, in one pass and without keeping anything
// that the body does not have: unknown fields are ignored, as ASP.NET does, however many or deep
// they are. Thread-safe: a pure function.
#pragma once

#include <string_view>

#include "mock_server/qondor/backend/input.h"

namespace kondor::qondor {

// The fields' names are matched without regard to case, the last of a doubled one counts. Adds what
// is wrong to `errors`; a required field that is missing, null or empty is wrong, too (Q13, Q14).
Input ReadBody(std::string_view text, const Body& body, FieldErrors& errors);

}  // namespace kondor::qondor
