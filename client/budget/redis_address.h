// Where a Redis is: redis://HOST[:PORT][/DB], unix:/PATH[?db=DB], or the path of its socket alone.
// Immutable value type.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace kondor::limiter {

struct RedisAddress {
  std::string host;  // empty for a socket
  int port = 6379;
  std::string socket_path = {};
  int database = 0;

  // For people.
  std::string Text() const;
};

// kInvalidArgument; an address that may hold a password is not repeated in the message.
Result<RedisAddress> ParseRedisAddress(std::string_view text);

}  // namespace kondor::limiter
