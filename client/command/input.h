// The body of a call, from a file or stdin. Not thread-safe: used once, at the start.
#pragma once

#include <stop_token>
#include <string>

#include "base/result.h"

namespace kondor::client::command {

// JSON; "-" is stdin. kInvalidArgument: it cannot be read, is no JSON, or longer than 64 MiB.
// kCancelled: `stop` was asked to before its end came, which may be never.
Result<std::string> ReadBody(const std::string& path, const std::stop_token& stop);

}  // namespace kondor::client::command
