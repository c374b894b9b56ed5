// One call of each of Qondor's operations that goes well on the built-in Dev environment, and what
// the mock answers to it. Not thread-safe; plain values.
#pragma once

#include <map>
#include <string>

#include "mock_server/http/query.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/contract/contract.h"

namespace kondor::openapi {

struct QondorExample {
  std::string id;     // of the path; empty when it has none
  http::Query query;  //
  Json body;          // null when it takes none
  Json answer;        // null when it is empty
};

// Every call on a fresh environment, at one fixed instant: the answers are the same every time.
std::map<const qondor::Operation*, QondorExample> QondorExamples();

}  // namespace kondor::openapi
