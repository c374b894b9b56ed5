// What becomes of each field of a request's body. Worked out when the contract is loaded, so that a
// field that nothing becomes of is a fault of the contract and not a surprise.
// Immutable once the contract is loaded.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "mock_server/qondor/contract/resource.h"
#include "mock_server/qondor/contract/schema.h"

namespace kondor::qondor {

struct Intake {
  enum class Use {
    kElsewhere,  // says which entity is meant, or where it is; or nothing at all
    kStore,      // as it is
    kLinkKey,    // of one of the resource's links
    kNested,     // a list of entities that are this one's
  };
  struct Step {
    Use use = Use::kElsewhere;
    FieldIndex field = 0;            // of kStore
    const Intake* nested = nullptr;  // of kNested
    // An earlier field of the body that is another name for the same.
    std::optional<std::size_t> twin;
  };
  const Body* body = nullptr;
  const Resource* resource = nullptr;
  std::vector<Step> steps;  // one for each field of the body, in its order
};

}  // namespace kondor::qondor
