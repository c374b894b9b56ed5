// What all who share a budget must agree on. Immutable value type.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/limiter/strategy.h"

namespace kondor::limiter {

struct Terms {
  // The quotas and the strategy in words: participants whose descriptions differ are refused.
  std::string description;
  // Makes the strategy that each participant plays the shared events into. It must make the same
  // for all of them, on every machine.
  std::function<StrategyPtr()> make;
  std::vector<Quota> quotas;
  // After so long without a call no quota remembers one: the longest period.
  Duration rest{};
};

// Describes them as "STRATEGY LIMIT/PERIOD LIMIT/PERIOD", e.g. "learning 1/1s 20/60s", in the order
// of the periods. REQUIRES: at least one quota.
Terms MakeTerms(std::string_view strategy, std::vector<Quota> quotas,
                std::function<StrategyPtr()> make);

}  // namespace kondor::limiter
