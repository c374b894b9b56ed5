// Which operation a method and a path lead to. Immutable once filled.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mock_server/qondor/contract/operation.h"

namespace kondor::qondor {

struct Route {
  const Operation* operation = nullptr;
  std::string id;  // the decoded {id} segment; empty when the path has none
};

class Routes {
 public:
  // False when the same method and path are there already. REQUIRES: `operation` outlives this.
  bool Add(const Operation& operation);

  std::optional<Route> Find(std::string_view method, std::string_view path) const;
  std::string_view ApiOf(std::string_view path) const;

 private:
  const Operation* Look(std::string_view method, std::string_view folder,
                        std::string_view leaf) const;

  // By method, a blank and the path, in lower case; "{id}" stands for itself.
  std::unordered_map<std::string, const Operation*> operations_;
  std::vector<std::string> apis_;
};

}  // namespace kondor::qondor
