#include "bench/strategies/matrix.h"

#include <algorithm>

#include "bench/strategies/cells.h"
#include "bench/strategies/on_all_cores.h"
#include "bench/strategies/optimum.h"

namespace kondor::bench {
namespace {

std::string Base36(std::int64_t number) {
  std::string text;
  do {
    text.insert(text.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
    number /= 36;
  } while (number > 0);
  return text;
}

std::string TimelineOf(const std::vector<Try>& tries) {
  std::string text;
  std::int64_t last = 0;
  for (std::size_t i = 0; i < std::min(tries.size(), kTimelineTries); ++i) {
    const std::int64_t tenths = tries[i].decided / std::chrono::milliseconds(100);
    text += i == 0 ? "" : " ";
    text += tries[i].admitted ? "" : "-";
    text += Base36(tenths - last);
    last = tenths;
  }
  return text;
}

}  // namespace

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
               scenario->name.starts_with("saturated") ? TimelineOf(tries) : std::string()};
  };
  OnAllCores(cells.size(), play, options.on_progress, options.threads);
  return rows;
}

}  // namespace kondor::bench
