// A response's head as bytes. Pure.
#pragma once

#include <string>
#include <string_view>

#include "mock_server/http/head.h"
#include "mock_server/http/message.h"

namespace kondor::http {

// The standard phrase of a status; empty for one that has none.
std::string_view ReasonPhrase(int status);

// False for the statuses that never have one (RFC 9110, 6.4.1).
constexpr bool MayHaveBody(int status) { return status >= 200 && status != 204 && status != 304; }

// Appends status line, headers and empty line to `out`. Whatever could start another line inside a
// value (CR, LF, NUL) becomes a space, a header whose name is no token is left out, and so are
// Connection, Content-Length, Keep-Alive and Transfer-Encoding: those are the edge's to say.
void AppendResponseHead(const Response& response, const Framing& request, Persistence persistence,
                        std::string& out);

}  // namespace kondor::http
