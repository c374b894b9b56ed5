// What an answer of Qondor's means. Thread-safe: a pure function.
#pragma once

#include <optional>

#include "client/call/dialect.h"

namespace kondor::client {

// 2xx with JSON or nothing is an answer (Q12); 429, and 403 with a Retry-After, are the limits (G6,
// G7); 400 and 422 are problem details that name the fields at fault (Q14).
std::optional<Refusal> ReadQondor(const Response& response);

}  // namespace kondor::client
