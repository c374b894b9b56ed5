#include "bench/strategies/scenario.h"

#include <utility>

namespace kondor::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kCalls = 100;

std::vector<Duration> AtOnce(std::size_t calls) { return std::vector<Duration>(calls); }

// Exponential with mean 1, exact on every machine: von Neumann's way needs comparisons alone.
double Exponential(Rng& rng) {
  for (int whole = 0;; ++whole) {
    const double first = rng.Unit();
    double last = first;
    int run = 1;  // how long the numbers keep falling
    double next = rng.Unit();
    while (next < last) {
      last = next;
      next = rng.Unit();
      ++run;
    }
    if (run % 2 == 1) return whole + first;
  }
}

// 40 at once, then strangers one by one, six seconds apart in the mean: half the quota, so that a
// queue can drain.
std::vector<Duration> BurstThenPoisson(std::uint64_t seed) {
  Rng rng(seed);
  std::vector<Duration> intended = AtOnce(40);
  double at_s = 0;
  while (intended.size() < kCalls) {
    at_s += 6 * Exponential(rng);
    intended.emplace_back(static_cast<std::int64_t>(at_s * 1e9));
  }
  return intended;
}

std::vector<Worker> FourWorkers(std::size_t budgets) {
  std::vector<Worker> workers;
  for (std::size_t i = 0; i < 4; ++i) workers.push_back({1, i % budgets, AtOnce(kCalls / 4)});
  return workers;
}

}  // namespace

std::vector<Scenario> AllScenarios(std::uint64_t seed) {
  std::vector<Scenario> scenarios = {
      {"saturated", {}, {{1, 0, AtOnce(kCalls)}}},
      {"late_start", milliseconds(37'500), {{1, 0, AtOnce(kCalls)}}},
      {"burst_then_poisson", {}, {{1, 0, BurstThenPoisson(seed)}}},
      {"four_uncoordinated", {}, FourWorkers(4)},
      {"four_static_split", {}, FourWorkers(4), 4},
      {"four_shared_budget", {}, FourWorkers(1)},
      {"two_keys_one_ip", {}, {{1, 0, AtOnce(kCalls / 2)}, {2, 1, AtOnce(kCalls / 2)}}},
      {"restart", {}, {{1, 0, AtOnce(kCalls)}}, 1, milliseconds(30'500)},
  };
  const std::size_t plain = scenarios.size();
  for (std::size_t i = 0; i < plain; ++i) {
    Scenario slow = scenarios[i];
    slow.name += "_jitter";
    slow.network = Network::kJitter;
    scenarios.push_back(std::move(slow));
  }
  return scenarios;
}

}  // namespace kondor::bench
