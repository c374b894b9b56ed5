// Plays one strategy in one scenario against a vendor, in virtual time.
// Thread-safe: pure functions; the same arguments give the same run on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/strategies/scenario.h"
#include "bench/strategies/vendor.h"
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

  friend bool operator==(const Try&, const Try&) = default;
};

// Vendor time after which whoever is not through yet is lost.
inline constexpr Duration kHorizon = std::chrono::hours(4);
// And the tries: a strategy that never waits would make them all at one instant.
inline constexpr std::size_t kTriesMax = 50'000;
// And the waits that a strategy asked for: one that always names the next nanosecond would take for
// ever to get through a second.
inline constexpr std::size_t kWakesMax = 200'000;

// The tries in the order in which the vendor saw them. `vendor` must be new.
std::vector<Try> Simulate(const NamedStrategy& strategy, const ledger::Reading& reading,
                          const Scenario& scenario, std::uint64_t seed, Vendor& vendor);

// The same against the mock's own ledger.
std::vector<Try> Simulate(const NamedStrategy& strategy, const ledger::Reading& reading,
                          const Scenario& scenario, std::uint64_t seed);

}  // namespace kondor::bench
