// What a sandbox's Qondor holds when it starts: the "qondor" object of a seed.
// Immutable once loaded: many sandboxes share one.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/backend/backend_seed.h"
#include "mock_server/qondor/directory/directory_seed.h"

namespace kondor::qondor {

struct Seed {
  std::shared_ptr<const DirectorySeed> directory;
  // Null: the built-in one, which is read when an environment is first called and not before.
  std::shared_ptr<const BackendSeed> backend;
};

// Reads the "qondor" object of a seed. What it names replaces `base`'s, the rest stays.
// kInvalidArgument that begins with the JSON pointer of the fault, under `place`.
Result<std::shared_ptr<const Seed>> LoadSeed(const Json& qondor, const Seed& base,
                                             const std::string& place);

// Never null: reads the built-in one if it must.
std::shared_ptr<const BackendSeed> BackendSeedOf(const Seed& seed);

std::shared_ptr<const Seed> DefaultSeed();
// The same with the fixed demo keys that the README's examples use.
std::shared_ptr<const Seed> WithDemoKeys(const Seed& seed);

}  // namespace kondor::qondor
