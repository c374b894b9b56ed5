// Who wants to call when. Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "bench/strategies/network.h"

namespace kondor::bench {

// A worker makes one call after the other, at most one at a time.
struct Worker {
  std::uint32_t key = 1;
  std::size_t budget = 0;          // whose strategy it asks; workers of one budget share it, FIFO
  std::vector<Duration> intended;  // when each call is meant to go, after the scenario's begin
};

struct Scenario {
  std::string name;
  // After a whole minute of Unix time, which is when aligned windows open.
  Duration phase{};
  std::vector<Worker> workers;
  std::uint32_t share_of = 1;  // each budget is made for this part of every quota
  Duration restart{};          // all strategies forget everything then; zero for never
  Network network = Network::kInstant;
};

// A whole minute of Unix time, and the phase.
inline TimePoint BeginOf(Duration phase) {
  return FromUnixMicros(1'767'225'600'000'000) + phase;  // 2026-01-01T00:00Z
}

// 100 calls each, under the names of the reports; the seed draws the arrivals.
std::vector<Scenario> AllScenarios(std::uint64_t seed);

}  // namespace kondor::bench
