// Plays one strategy in one scenario against the mock's own ledger, in virtual time.
// Thread-safe: a pure function; the same arguments give the same run on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/strategies/scenario.h"
#include "client/limiter/named_strategies.h"
#include "mock_server/ledger/reading.h"

namespace kondor::bench {

using limiter::NamedStrategies;
using limiter::NamedStrategy;

// One try of one call; instants are after the scenario's begin.
struct Try {
  std::uint32_t worker = 0;
  std::uint32_t call = 0;  // of that worker, from 0
  Duration intended{};
  Duration sent{};
  Duration decided{};
  Duration answered{};
  bool admitted = false;
};

// Vendor time after which whoever is not through yet is lost.
inline constexpr Duration kHorizon = std::chrono::hours(4);

// The tries in the order in which the server saw them.
std::vector<Try> Simulate(const NamedStrategy& strategy, const ledger::Reading& reading,
                          const Scenario& scenario, std::uint64_t seed);

}  // namespace kondor::bench
