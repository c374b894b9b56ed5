// What a matrix consists of. Thread-safe: a pure function.
#pragma once

#include <vector>

#include "bench/strategies/matrix.h"
#include "bench/strategies/scenario.h"
#include "client/limiter/named_strategies.h"

namespace kondor::bench {

struct Cell {
  const NamedStrategy* strategy;
  const Scenario* scenario;
  NamedReading reading;
};

// Strategy by strategy, scenario by scenario, reading by reading; of `scenarios`, which has to
// outlive them, those that the options want.
std::vector<Cell> CellsOf(const MatrixOptions& options, const std::vector<Scenario>& scenarios);

}  // namespace kondor::bench
