// The one script that reads and writes a budget in Redis. Immutable.
#pragma once

#include <string_view>

namespace kondor::limiter {

extern const std::string_view kRedisScript;

}  // namespace kondor::limiter
