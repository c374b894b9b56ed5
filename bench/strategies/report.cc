#include "bench/strategies/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

namespace kondor::bench {
namespace {

using Json = nlohmann::ordered_json;

// Whole milliseconds, so that no digit hangs on the last bit of a division.
double Seconds(Duration d) {
  return static_cast<double>(std::chrono::round<std::chrono::milliseconds>(d).count()) / 1e3;
}
double Rounded(double value) { return std::round(value * 1e4) / 1e4; }

// The worst over the readings; a lost call is worse than any delay.
struct Worst {
  std::uint32_t lost = 0;
  double ratio = 0;
  double refused_per_100 = 0;
  Duration wait_p99{};
  double jain = 1;
  std::string reading;  // the one that the ratio comes from

  void Take(const Row& row) {
    if (std::pair(row.score.lost, row.score.ratio) > std::pair(lost, ratio)) {
      reading = row.reading.name;
    }
    lost = std::max(lost, row.score.lost);
    ratio = std::max(ratio, row.score.ratio);
    refused_per_100 = std::max(refused_per_100, row.score.refused_per_100);
    wait_p99 = std::max(wait_p99, row.score.wait_p99);
    jain = std::min(jain, row.score.jain);
  }
};

std::string Line(const std::string& strategy, const Worst& worst) {
  char text[200];
  std::snprintf(text, sizeof(text), "  %-21s %6.2f  %5u  %9.1f  %9.1f  %5.2f  %s\n",
                strategy.c_str(), worst.ratio, worst.lost, worst.refused_per_100,
                Seconds(worst.wait_p99), worst.jain, worst.reading.c_str());
  return text;
}

}  // namespace

std::string WriteTable(const std::vector<Row>& rows) {
  std::vector<std::string> scenarios;
  std::map<std::string, std::map<std::string, Worst>> worst;  // by scenario and strategy
  for (const Row& row : rows) {
    if (worst.find(row.scenario) == worst.end()) scenarios.push_back(row.scenario);
    worst[row.scenario][row.strategy].Take(row);
  }
  std::string text;
  for (const std::string& scenario : scenarios) {
    std::vector<std::pair<std::string, Worst>> ranked(worst[scenario].begin(),
                                                      worst[scenario].end());
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return std::pair(a.second.lost, a.second.ratio) < std::pair(b.second.lost, b.second.ratio);
    });
    text +=
        scenario + "\n  strategy, worst case:  ratio   lost  refused/%  wait p99 s   jain  under\n";
    for (const auto& [strategy, its] : ranked) text += Line(strategy, its);
    text += "\n";
  }
  return text;
}

std::string WriteJson(const std::vector<Row>& rows, std::uint64_t seed) {
  Json report{{"seed", seed}, {"rows", Json::array()}};
  for (const Row& row : rows) {
    const Score& score = row.score;
    const ledger::Reading& reading = row.reading.reading;
    report["rows"].push_back({
        {"strategy", row.strategy},
        {"reading",
         {{"window", ToText(reading.window)},
          {"lockout", ToText(reading.lockout)},
          {"refused_count", ToText(reading.count_refused)},
          {"scope", ToText(reading.scope)}}},
        {"scenario", row.scenario},
        {"clients", row.clients},
        {"succeeded", score.succeeded},
        {"refused", score.refused},
        {"lost", score.lost},
        {"makespan_s", Seconds(score.makespan)},
        {"optimum_s", Seconds(score.optimum)},
        {"ratio", Rounded(score.ratio)},
        {"goodput_per_min", Rounded(score.goodput_per_minute)},
        {"refused_per_100", Rounded(score.refused_per_100)},
        {"wasted", Rounded(score.wasted)},
        {"wait_s_p50", Seconds(score.wait_p50)},
        {"wait_s_p99", Seconds(score.wait_p99)},
        {"wait_s_max", Seconds(score.wait_max)},
        {"jain", Rounded(score.jain)},
        {"recovery_s", Seconds(score.recovery)},
    });
  }
  return report.dump(1) + "\n";
}

}  // namespace kondor::bench
