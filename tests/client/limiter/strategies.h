// Every strategy there is, for the properties that all of them keep. Thread-safe: pure functions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "client/limiter/strategy.h"

namespace kondor::limiter {

struct TriedStrategy {
  std::string name;
  std::function<StrategyPtr()> make;
};

std::vector<TriedStrategy> AllStrategies();

inline constexpr TimePoint kBegin = FromUnixMicros(1'767'225'600'000'000);  // 2026-01-01T00:00Z

}  // namespace kondor::limiter
