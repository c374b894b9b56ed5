// What the environments hold when a sandbox starts: the "environments" of a seed's "qondor" object.
// The default one is documented in docs/QONDOR.md; a seed file replaces any of its lists.
// Immutable once loaded: many sandboxes share one.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/backend/record.h"
#include "mock_server/qondor/backend/store.h"
#include "mock_server/qondor/contract/environment.h"

namespace kondor::qondor {

struct BackendSeed {
  struct Row {
    std::int32_t id = 0;
    Record record;
  };
  // For each environment, for each resource by its index: sorted by id.
  std::array<std::vector<std::vector<Row>>, kEnvironments.size()> lists;
};

// Reads {"Prod": {"offices": [...], ...}, "Test": ..., "Dev": ...}. Lists it names replace
// `base`'s, the others stay. kInvalidArgument that begins with the JSON pointer of the fault, under
// `place`: an unknown list or field, a wrong type, a link to nothing, a name that must be unique
// and is not.
Result<std::shared_ptr<const BackendSeed>> LoadBackendSeed(const Json& environments,
                                                           const BackendSeed& base,
                                                           const std::string& place);

std::shared_ptr<const BackendSeed> DefaultBackendSeed();
// Its text, as the "environments" of a seed file would have it.
std::string DefaultBackendSeedText();

// Puts the seed's entities of one environment into an empty store.
void Fill(Store& store, const BackendSeed& seed, Environment environment);

}  // namespace kondor::qondor
