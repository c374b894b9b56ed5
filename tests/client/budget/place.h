// Where participants meet, on a clock that a test moves: so that what holds for every kind of
// shared budget is tested once. Not thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "client/budget/shared_log.h"
#include "client/budget/terms.h"

namespace kondor::limiter {

class Place {
 public:
  virtual ~Place() = default;
  // One more participant.
  virtual Result<std::unique_ptr<SharedLog>> Join(const Terms& terms) = 0;
};

struct NamedPlace {
  std::string name;
  // An empty one; null when this machine has none such, which is said.
  std::function<std::unique_ptr<Place>(const Clock& clock)> make;
};

// In a file with areas that small, so that they are full every now and then.
std::unique_ptr<Place> MakeFilePlace(const Clock& clock);
// In a Redis, with checkpoints as often. Null where there is no redis-server.
std::unique_ptr<Place> MakeRedisPlace(const Clock& clock);

}  // namespace kondor::limiter
