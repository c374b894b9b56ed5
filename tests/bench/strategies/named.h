// Strategies, readings and scenarios by their names. Thread-safe: pure functions.
#pragma once

#include <algorithm>
#include <string>

#include "bench/strategies/readings.h"
#include "bench/strategies/scenario.h"
#include "client/limiter/named_strategies.h"

namespace kondor::bench {

inline constexpr std::uint64_t kSeed = 1;

// REQUIRES of all: there is one of that name.
inline const NamedStrategy& StrategyNamed(const std::string& name) {
  const auto& all = NamedStrategies();
  return *std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.name == name; });
}

// Arrivals are those of kSeed.
inline const Scenario& ScenarioNamed(const std::string& name) {
  static const std::vector<Scenario> all = AllScenarios(kSeed);
  return *std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.name == name; });
}

inline ledger::Reading ReadingNamed(const std::string& name) {
  const std::vector<NamedReading> all = AllReadings();
  return std::find_if(all.begin(), all.end(), [&](const auto& r) { return r.name == name; })
      ->reading;
}

}  // namespace kondor::bench
