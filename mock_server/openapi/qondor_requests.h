// What validation wants of a request's body beyond the types of its fields, as far as the contract
// says it. Immutable plain values.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "mock_server/qondor/contract/contract.h"

namespace kondor::openapi {

struct RequestRules {
  std::set<const qondor::Field*> required;
  // May be left out, but an update cannot clear them.
  std::set<const qondor::Field*> kept;
  // Of each group one at least says which entity is meant.
  std::vector<std::vector<const qondor::Field*>> groups;
};

// Of every body that a request is or holds.
std::map<const qondor::Body*, RequestRules> RulesOfRequests(const qondor::Contract& contract);

}  // namespace kondor::openapi
