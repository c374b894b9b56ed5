// Answers that are Kondor's own, not a vendor's: the control API, and whatever reaches no vendor.
// Thread-safe: pure functions.
#pragma once

#include <string_view>

#include "mock_server/http/message.h"
#include "mock_server/json/parse.h"

namespace kondor {

// Indented, with a newline at the end: people read these in a terminal.
http::Response OwnJson(int status, const Json& body);

// {"error": CODE, "message": what went wrong and how to mend it}
http::Response OwnError(int status, std::string_view code, std::string_view message);

}  // namespace kondor
