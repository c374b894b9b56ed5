// Every strategy under every reading in every scenario, on all of the machine's cores.
// Thread-safe: a pure function; the rows come in a fixed order, whatever the number of threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/strategies/on_all_cores.h"
#include "bench/strategies/readings.h"
#include "bench/strategies/score.h"
#include "bench/strategies/timeline.h"

namespace kondor::bench {

struct Row {
  std::string strategy;
  NamedReading reading;
  std::string scenario;
  std::size_t clients = 0;
  Score score;
  std::vector<Mark> marks;
};

struct MatrixOptions {
  std::uint64_t seed = 1;
  // Names of what to play; all of them when empty.
  std::vector<std::string> strategies = {};
  std::vector<std::string> scenarios = {};
  OnProgress on_progress = {};  // in runs
  unsigned threads = 0;         // 0: as many as there are cores
};

std::vector<Row> PlayMatrix(const MatrixOptions& options);

}  // namespace kondor::bench
