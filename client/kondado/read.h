// What an answer of Kondado's means. Thread-safe: a pure function.
#pragma once

#include <optional>

#include "client/call/dialect.h"

namespace kondor::client {

// Status 200 says nothing (K5): an answer is one if it is JSON and does not say "success": false.
std::optional<Refusal> ReadKondado(const Response& response);

}  // namespace kondor::client
