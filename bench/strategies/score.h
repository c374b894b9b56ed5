// What a run is worth. Thread-safe: a pure function.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/strategies/simulation.h"

namespace kondor::bench {

struct Score {
  std::uint32_t succeeded = 0;
  std::uint32_t refused = 0;
  std::uint32_t lost = 0;  // not through by the horizon
  // From the scenario's begin to the admission of the last call, and beside it what was possible.
  // With calls lost: the horizon.
  Duration makespan{};
  Duration optimum{};
  double ratio = 0;
  double goodput_per_minute = 0;
  double refused_per_100 = 0;  // of all tries
  // The part of the makespan that the optimum would not have needed.
  double wasted = 0;
  // From the instant each call was intended to its good answer (no coordinated omission); of a lost
  // call to the horizon.
  Duration wait_p50{}, wait_p99{}, wait_max{};
  // Of the workers' goodputs: 1 when all fare alike, 1/n when one has everything.
  double jain = 1;
  // The longest time from a refusal to the next call of anybody that was admitted.
  Duration recovery{};
};

Score ScoreOf(const std::vector<Try>& tries, const Scenario& scenario, Duration optimum);

}  // namespace kondor::bench
