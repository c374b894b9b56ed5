// A call may go when every part consents, and is entered with all of them. Thread-safe: a pure
// function.
#pragma once

#include <vector>

#include "client/limiter/strategy.h"

namespace kondor::limiter {

// REQUIRES: at least one part.
StrategyPtr MakeAllOf(std::vector<StrategyPtr> parts);

}  // namespace kondor::limiter
