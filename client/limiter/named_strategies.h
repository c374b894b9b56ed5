// The strategies by the names that reports and --strategy use. How to add one:
// docs/ADD_A_STRATEGY.md. Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "client/limiter/strategy.h"

namespace kondor::limiter {

struct NamedStrategy {
  std::string name;
  // For a client that may use that much of each quota; the seed is for those that throw dice.
  std::function<StrategyPtr(const std::vector<Quota>&, std::uint64_t seed)> make;
};

// Ours, then those of own/.
const std::vector<NamedStrategy>& NamedStrategies();

// Those of own/ alone: CMake writes it.
std::vector<NamedStrategy> OwnStrategies();

}  // namespace kondor::limiter
