// The names under which a program is told what it needs, and what their values may look like.
// Thread-safe: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "client/credentials/access.h"

namespace kondor::client {

struct AccessName {
  const char* name;  // "KONDADO_KEY"
  std::string& (*field)(Access&);
};

std::span<const AccessName> AccessNames();

// Whether it can be a credential or a URL: printable ASCII without blanks.
bool IsPlainValue(std::string_view value);

}  // namespace kondor::client
