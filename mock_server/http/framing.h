// What a request's headers say about its body and about the connection. The half of head checking
// that request smuggling lives on, so it refuses whatever two programs could read in two ways.
#pragma once

#include <optional>

#include "mock_server/http/head.h"

namespace kondor::http {

// REQUIRES: `request.headers` is parsed and `framing.http_1_0` set. Fills the rest of `framing`.
std::optional<Refusal> CheckFraming(const Request& request, Framing& framing);

}  // namespace kondor::http
