// One call of every operation that goes well on the default Dev environment. Immutable.
#pragma once

#include <string>
#include <vector>

namespace kondor::qondor {

struct ExampleCall {
  std::string method;
  std::string target;  // path and query
  std::string body;
};

const std::vector<ExampleCall>& ExampleCalls();

}  // namespace kondor::qondor
