#include "bench/strategies/agreement.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include "bench/strategies/cells.h"
#include "bench/strategies/on_all_cores.h"
#include "bench/strategies/simulation.h"

namespace kondor::bench {
namespace {

std::string Seconds(Duration d) {
  char text[40];
  std::snprintf(text, sizeof(text), "%.6f s", static_cast<double>(d.count()) * 1e-9);
  return text;
}

std::string Say(const Try* one) {
  if (one == nullptr) return "no call";
  return std::string(one->admitted ? "admitted" : "refused") + " at " + Seconds(one->decided);
}

std::uint32_t KeysOf(const Scenario& scenario) {
  std::uint32_t most = 0;
  for (const Worker& worker : scenario.workers) most = std::max(most, worker.key);
  return most;
}

Result<std::unique_ptr<MockServer>> StartServer() {
  Result<std::unique_ptr<MockServer>> server = MockServer::Create({});
  if (!server) return server;
  if (const Result<void> started = (*server)->Start(); !started) {
    return Unexpected(started.error());
  }
  return server;
}

}  // namespace

std::vector<std::string> QuickScenarios() {
  return {"saturated", "restart_jitter", "two_keys_one_ip_jitter", "four_static_split"};
}

Comparison Compare(const NamedStrategy& strategy, const ledger::Reading& reading,
                   const Scenario& scenario, std::uint64_t seed, ServedVendor& served) {
  const std::vector<Try> simulated = Simulate(strategy, reading, scenario, seed);
  const std::vector<Try> over_http = Simulate(strategy, reading, scenario, seed, served);
  Comparison result{over_http.size(), {}};
  const std::size_t both = std::min(simulated.size(), over_http.size());
  std::size_t first = 0;
  while (first < both && simulated[first] == over_http[first]) ++first;
  if (first == simulated.size() && first == over_http.size()) return result;
  result.difference = "call " + std::to_string(first + 1) + ": simulation " +
                      Say(first < simulated.size() ? &simulated[first] : nullptr) + ", server " +
                      Say(first < over_http.size() ? &over_http[first] : nullptr);
  if (!served.fault().empty()) result.difference += " (" + served.fault() + ")";
  return result;
}

Result<Agreement> CompareOverHttp(const MatrixOptions& options) {
  const Result<std::unique_ptr<MockServer>> server = StartServer();
  if (!server) return Unexpected(server.error());

  const std::vector<Scenario> scenarios = AllScenarios(options.seed);
  const std::vector<Cell> cells = CellsOf(options, scenarios);
  std::vector<Comparison> compared(cells.size());
  OnAllCores(
      cells.size(),
      [&](std::size_t i) {
        const Cell& cell = cells[i];
        const auto served = ServedVendor::Open(
            **server, cell.reading.reading, BeginOf(cell.scenario->phase), KeysOf(*cell.scenario));
        compared[i] = served ? Compare(*cell.strategy, cell.reading.reading, *cell.scenario,
                                       options.seed, **served)
                             : Comparison{0, served.error().message};
      },
      options.on_progress, options.threads);

  Agreement agreement{cells.size(), 0, {}};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    agreement.calls += compared[i].calls;
    if (compared[i].difference.empty()) continue;
    agreement.differences.push_back(cells[i].strategy->name + " under " + cells[i].reading.name +
                                    " in " + cells[i].scenario->name + ": " +
                                    compared[i].difference);
  }
  return agreement;
}

}  // namespace kondor::bench
