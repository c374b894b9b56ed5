// One of Qondor's operations, as api.json describes it. Immutable once the contract is loaded.
#pragma once

#include <string>
#include <vector>

#include "mock_server/qondor/contract/schema.h"

namespace kondor::qondor {

struct Operation {
  std::string method;   // "GET"
  std::string path;     // "/Customer/v1/Customer/{id}": what follows the environment
  std::string api;      // "Customer/v1": its first two segments
  std::string rule;     // "Q11"
  std::string summary;  // one sentence
  std::vector<Field> query;
  const Body* request = nullptr;   // nullptr: takes no body
  const Body* response = nullptr;  // nullptr: answers an empty one (Q12)
  bool answers_list = false;       // a bare array of `response`

  bool has_id() const { return path.ends_with("/{id}"); }
};

}  // namespace kondor::qondor
