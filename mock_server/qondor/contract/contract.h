// Qondor's API as one description: api.json, which travels inside the binary. It says which
// operations there are, what their bodies hold and what becomes of them; routing, validation,
// rendering and the OpenAPI document all read it here.
// Immutable after construction, so thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/contract/draft.h"
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
  const std::vector<Operation>& operations() const { return draft_.operations; }
  const std::vector<Body>& bodies() const { return draft_.bodies; }
  const std::vector<Enum>& enums() const { return draft_.enums; }
  const std::vector<std::unique_ptr<Resource>>& resources() const { return draft_.resources; }
  // The bodies that webhooks send, each named like its topic (Q17).
  const std::vector<const Body*>& events() const { return draft_.events; }
  // Empty when no country has that code. Without regard to case.
  std::string_view CountryOf(std::string_view code) const;

 private:
  explicit Contract(Draft draft) : draft_(std::move(draft)) {}

  const Draft draft_;
  Routes routes_;
};

}  // namespace kondor::qondor
