// What opens the vendors' doors; whoever prints one gives it away. Plain values: Not thread-safe.
#pragma once

#include <string>

namespace kondor::client {

// Of a user-created token (K2): the key names it, the token is its secret.
struct KondadoCredentials {
  std::string key;
  std::string token;
};

// Of one subscription (Q4). The secondary key may be empty; without it a rotation loses calls.
struct QondorCredentials {
  std::string primary_key;
  std::string secondary_key = {};
};

}  // namespace kondor::client
