#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "bench/strategies/page/page.h"
#include "bench/strategies/report.h"
#include "bench/strategies/scenario.h"

namespace kondor::bench {
namespace {

using nlohmann::ordered_json;

// Texts of a list in which each stands once, and beside it the numbers of those that were added.
class Distinct {
 public:
  void Add(ordered_json value) {
    const auto [it, fresh] = numbers_.try_emplace(value.dump(), values_.size());
    if (fresh) values_.push_back(std::move(value));
    order_.push_back(it->second);
  }
  const ordered_json& values() const { return values_; }
  const ordered_json& order() const { return order_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  ordered_json values_ = ordered_json::array();
  ordered_json order_ = ordered_json::array();
};

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
          WholeSeconds(score.makespan),
          WholeSeconds(score.optimum)};
}

ordered_json ReadingOf(const NamedReading& named) {
  const ledger::Reading& reading = named.reading;
  return {{"name", named.name},
          {"window", ToText(reading.window)},
          {"lockout", ToText(reading.lockout)},
          {"refused_count", ToText(reading.count_refused)},
          {"scope", ToText(reading.scope)},
          {"per_minute", reading.per_minute}};
}

// What the page needs to draw windows and counters: where in a minute it begins, whose calls count
// together.
ordered_json ScenarioOf(const std::string& name, const std::vector<Scenario>& all) {
  ordered_json described{{"name", name}, {"phase_s", 0}, {"keys", ordered_json::array()}};
  for (const Scenario& scenario : all) {
    if (scenario.name != name) continue;
    described["phase_s"] = static_cast<double>(scenario.phase.count()) * 1e-9;
    for (const Worker& worker : scenario.workers) described["keys"].push_back(worker.key);
  }
  return described;
}

std::string Fill(const ordered_json& data) {
  std::string text = data.dump();
  // A name must not end the script it stands in.
  for (std::size_t at = 0; (at = text.find("</", at)) != std::string::npos; at += 3) {
    text.replace(at, 2, "<\\/");
  }
  return PageWith(text);
}

ordered_json FiguresOf(const std::vector<Row>& rows, std::uint64_t seed) {
  Distinct strategies, scenarios, readings, cells;
  const std::vector<Scenario> all = AllScenarios(seed);
  for (const Row& row : rows) {
    strategies.Add(row.strategy);
    scenarios.Add(ScenarioOf(row.scenario, all));
    readings.Add(ReadingOf(row.reading));
    cells.Add(CellOf(row.score));
  }
  return {{"seed", seed},
          {"strategies", strategies.values()},
          {"scenarios", scenarios.values()},
          {"readings", readings.values()},
          {"scores", cells.values()},
          {"cells", cells.order()}};
}

}  // namespace

// The rows come strategy by strategy, scenario by scenario, reading by reading, and so does what is
// made of them.
std::string WritePage(const std::vector<Row>& rows, std::uint64_t seed) {
  ordered_json data = FiguresOf(rows, seed);
  for (std::size_t most = kMarksMax;;) {
    Distinct timelines;
    for (const Row& row : rows) timelines.Add(Encode(row.marks, most));
    data["timelines"] = timelines.values();
    data["lines"] = timelines.order();
    std::string page = Fill(data);
    if (page.size() <= kPageBytesMax || most == 0) return page;
    most = std::min(most * 3 / 4, most * kPageBytesMax / page.size());
  }
}

}  // namespace kondor::bench
