// A whole seed: {"kondado": {...}, "qondor": {...}}. Thread-safe: pure functions.
#pragma once

#include <string>

#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/sandbox/sandbox.h"

namespace kondor {

// What `object` names replaces the config's seeds, the rest stays. kInvalidArgument that begins
// with the JSON pointer of the fault, under `place`; then the config is as before.
Result<void> LoadSeeds(const Json& object, const std::string& place, SandboxConfig& config);

// What a sandbox starts from when nobody says otherwise.
Json DefaultSeeds();

}  // namespace kondor
