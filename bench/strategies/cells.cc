#include "bench/strategies/cells.h"

#include <algorithm>
#include <utility>

namespace kondor::bench {
namespace {

bool Wanted(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::vector<Cell> CellsOf(const MatrixOptions& options, const std::vector<Scenario>& scenarios) {
  std::vector<Cell> cells;
  for (const NamedStrategy& strategy : NamedStrategies()) {
    if (!Wanted(options.strategies, strategy.name)) continue;
    for (const Scenario& scenario : scenarios) {
      if (!Wanted(options.scenarios, scenario.name)) continue;
      for (NamedReading& reading : AllReadings()) {
        cells.push_back({&strategy, &scenario, std::move(reading)});
      }
    }
  }
  return cells;
}

}  // namespace kondor::bench
