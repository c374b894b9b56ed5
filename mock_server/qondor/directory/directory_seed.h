// What a sandbox's directory holds when it starts. The default is documented in docs/SEED.md; a
// seed file replaces any of its lists. Immutable once loaded: many sandboxes share one.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/json/object_reader.h"
#include "mock_server/qondor/directory/entities.h"

namespace kondor::qondor {

struct SeedSubscription {
  std::string id, user, product, name;
  SubscriptionState state = SubscriptionState::kActive;
  std::optional<TimePoint> start;          // left out: when the sandbox starts
  std::string primary_key, secondary_key;  // empty: made at random for each sandbox
};

struct DirectorySeed {
  std::vector<User> users;  // `registered` and `version` mean nothing here
  std::vector<Product> products;
  std::vector<SeedSubscription> subscriptions;
};

// Reads the lists "users", "products" and "subscriptions" that stand in `reader`'s object; those it
// names replace `base`'s. Fails through the reader's place: kInvalidArgument with a JSON pointer.
Result<std::shared_ptr<const DirectorySeed>> LoadDirectorySeed(ObjectReader& reader,
                                                               const DirectorySeed& base);

// The text of the built-in one: {"qondor": {...}}, as a seed file would have it.
std::string_view DefaultDirectoryText();
std::shared_ptr<const DirectorySeed> DefaultDirectorySeed();
// The same with the fixed demo keys that the README's examples use.
std::shared_ptr<const DirectorySeed> WithDemoKeys(const DirectorySeed& seed);

}  // namespace kondor::qondor
