#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "bench/strategies/page.h"
#include "bench/strategies/report.h"

namespace kondor::bench {
namespace {

using nlohmann::ordered_json;

void Remember(ordered_json& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::int64_t WholeSeconds(Duration d) {
  return std::chrono::round<std::chrono::seconds>(d).count();
}

// Ratio and Jain's index in hundredths, times in seconds: page.html knows the order.
ordered_json CellOf(const Score& score) {
  return {std::llround(score.ratio * 100),
          score.refused,
          score.lost,
          WholeSeconds(score.wait_p99),
          std::llround(score.jain * 100),
          WholeSeconds(score.makespan)};
}

}  // namespace

std::string WritePage(const std::vector<Row>& rows, std::uint64_t seed) {
  ordered_json strategies = ordered_json::array();
  ordered_json scenarios = ordered_json::array();
  ordered_json readings = ordered_json::array();
  ordered_json cells = ordered_json::array();
  ordered_json timelines = ordered_json::object();
  // The rows come strategy by strategy, scenario by scenario, reading by reading.
  for (const Row& row : rows) {
    Remember(strategies, row.strategy);
    Remember(scenarios, row.scenario);
    Remember(readings, row.reading.name);
    cells.push_back(CellOf(row.score));
    if (!row.timeline.empty()) timelines[row.scenario].push_back(row.timeline);
  }
  const ordered_json data{{"seed", seed},           {"strategies", strategies},
                          {"scenarios", scenarios}, {"readings", readings},
                          {"cells", cells},         {"timelines", timelines}};
  std::string page = PageTemplate();
  page.replace(page.find(kPagePlace), kPagePlace.size(), data.dump());
  return page;
}

}  // namespace kondor::bench
