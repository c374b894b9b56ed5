#include "bench/strategies/matrix.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/mutex.h"
#include "bench/strategies/optimum.h"

namespace kondor::bench {
namespace {

bool Wanted(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

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

struct Cell {
  const NamedStrategy* strategy;
  const Scenario* scenario;
};

}  // namespace

std::vector<Row> PlayMatrix(const MatrixOptions& options) {
  const std::vector<Scenario> scenarios = AllScenarios(options.seed);
  std::vector<Cell> cells;
  std::vector<Row> rows;
  for (const NamedStrategy& strategy : NamedStrategies()) {
    if (!Wanted(options.strategies, strategy.name)) continue;
    for (const Scenario& scenario : scenarios) {
      if (!Wanted(options.scenarios, scenario.name)) continue;
      for (NamedReading& reading : AllReadings()) {
        cells.push_back({&strategy, &scenario});
        rows.push_back(
            {strategy.name, std::move(reading), scenario.name, scenario.workers.size(), {}, {}});
      }
    }
  }

  std::atomic<std::size_t> next{0};
  Mutex mutex;
  std::size_t done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < rows.size(); i = next++) {
      Row& row = rows[i];
      const Scenario& scenario = *cells[i].scenario;
      const std::vector<Try> tries =
          Simulate(*cells[i].strategy, row.reading.reading, scenario, options.seed);
      row.score = ScoreOf(tries, scenario, Optimum(row.reading.reading, scenario));
      if (row.scenario.starts_with("saturated")) row.timeline = TimelineOf(tries);
      if (!options.on_progress) continue;
      const MutexLock lock(mutex);
      options.on_progress(++done, rows.size());
    }
  };
  {
    std::vector<std::jthread> threads;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    threads.reserve(cores);
    for (unsigned i = 1; i < cores; ++i) threads.emplace_back(work);
    work();
  }
  return rows;
}

}  // namespace kondor::bench
