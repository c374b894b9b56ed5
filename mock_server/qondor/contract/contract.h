// Qondor's API as one description: api.json, which travels inside the binary. It says which
// operations there are, what their bodies hold and what becomes of them; routing, validation,
// rendering and the OpenAPI document all read it here.
// Immutable after construction, so thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/contract/environment.h"
#include "mock_server/qondor/contract/operation.h"
#include "mock_server/qondor/contract/routes.h"
#include "mock_server/qondor/contract/schema.h"

namespace kondor::qondor {

class Contract {
 public:
  // Built on first use, and not before: a mock that never meets Qondor does not pay for it.
  static const Contract& Get();
  // The text that Get() reads.
  static std::string Text();
  // kInvalidArgument that begins with the JSON pointer of the fault. An unknown field is one.
  static Result<std::unique_ptr<const Contract>> Load(const Json& api);

  Contract(const Contract&) = delete;
  Contract& operator=(const Contract&) = delete;

  // `path` is what follows the environment segment: "/Customer/v1/Customer/15409", raw. Without
  // regard to case; a literal segment wins over {id}. Nothing: unknown path or wrong method (G5).
  std::optional<Route> Find(std::string_view method, std::string_view path) const {
    return routes_.Find(method, path);
  }
  // The API a path lies in, spelled as the contract does ("Customer/v1"); empty when in none.
  // Without regard to case; whether the path leads anywhere does not matter.
  std::string_view ApiOf(std::string_view path) const { return routes_.ApiOf(path); }

  // In the order of api.json.
  const std::vector<Operation>& operations() const { return operations_; }
  const std::vector<Body>& bodies() const { return bodies_; }
  const std::vector<Enum>& enums() const { return enums_; }

 private:
  Contract() = default;
  friend class ContractLoader;

  std::vector<Enum> enums_;
  std::vector<Body> bodies_;
  std::vector<Operation> operations_;
  Routes routes_;
};

}  // namespace kondor::qondor
