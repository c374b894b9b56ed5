#include "bench/strategies/matrix.h"

#include "bench/strategies/cells.h"
#include "bench/strategies/on_all_cores.h"
#include "bench/strategies/optimum.h"

namespace kondor::bench {
std::vector<Row> PlayMatrix(const MatrixOptions& options) {
  const std::vector<Scenario> scenarios = AllScenarios(options.seed);
  const std::vector<Cell> cells = CellsOf(options, scenarios);
  std::vector<Row> rows(cells.size());
  const auto play = [&](std::size_t i) {
    const auto& [strategy, scenario, reading] = cells[i];
    const std::vector<Try> tries = Simulate(*strategy, reading.reading, *scenario, options.seed);
    rows[i] = {strategy->name,
               reading,
               scenario->name,
               scenario->workers.size(),
               ScoreOf(tries, *scenario, Optimum(reading.reading, *scenario)),
               MarksOf(tries)};
  };
  OnAllCores(cells.size(), play, options.on_progress, options.threads);
  return rows;
}

}  // namespace kondor::bench
