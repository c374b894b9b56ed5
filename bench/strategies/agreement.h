// Whether the simulation and the server mean the same: every run of the simulation once more over
// HTTP, call for call. Thread-safe: pure functions, but for the port that is listened on meanwhile.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/strategies/matrix.h"
#include "bench/strategies/served_vendor.h"

namespace kondor::bench {

struct Agreement {
  std::size_t runs = 0;
  std::size_t calls = 0;                 // that were made over HTTP
  std::vector<std::string> differences;  // a line for each run that differs, in the matrix's order
};

// What is played by default, so that it is over in half a minute: of the scenarios with one client,
// with a share of a budget, with two keys, with a restart and with a network at least one.
std::vector<std::string> QuickScenarios();

// An error when the mock cannot be started.
Result<Agreement> CompareOverHttp(const MatrixOptions& options);

struct Comparison {
  std::size_t calls = 0;   // of the served run
  std::string difference;  // empty: none
};

// One run against the ledger alone and once more against `served`, which is new. What the strategy
// of the second is told comes from the server's answers alone, so that from a first difference on
// they may part entirely; the difference that is named is the first.
Comparison Compare(const NamedStrategy& strategy, const ledger::Reading& reading,
                   const Scenario& scenario, std::uint64_t seed, ServedVendor& served);

}  // namespace kondor::bench
