// The body of a call, from a file or stdin. Not thread-safe: used once, at the start.
#pragma once

#include <string>

#include "base/result.h"

namespace kondor::client::command {

// JSON; "-" is stdin. kInvalidArgument: it cannot be read, is no JSON, or longer than 64 MiB.
Result<std::string> ReadBody(const std::string& path);

}  // namespace kondor::client::command
