// Reads one request's body: its framing undone, its coding undone, its size and time bounded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "mock_server/http/head.h"
#include "mock_server/http/stream.h"

namespace kondor::http {

struct BodyLimits {
  std::size_t bytes_max = 0;  // as sent and as decoded
  Instant deadline;
};

// Fills `body`. After a refusal the stream stands somewhere inside the body: the connection cannot
// be used for another request. A status of 0 means that the client has gone: nobody to answer.
std::optional<Refusal> ReadBody(Stream& stream, const Framing& framing, const BodyLimits& limits,
                                std::string& body);

}  // namespace kondor::http
