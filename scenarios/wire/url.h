// The address of a server to check. A plain value.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace kondor::scenarios {

enum class Scheme { kHttp, kHttps };

struct Url {
  Scheme scheme = Scheme::kHttp;
  std::string host;  // without an IPv6 address's brackets
  std::string port;
  std::string path;  // without a '/' at its end; empty for the root

  std::string Authority() const;  // for the Host header: the port only where it is not the usual
  std::string Text() const;       // the whole
};

// http or https, no user, query or fragment. kInvalidArgument says what is wrong.
Result<Url> ParseUrl(std::string_view text);

}  // namespace kondor::scenarios
