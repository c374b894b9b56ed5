#include "scenarios/report/coverage.h"

#include <algorithm>
#include <map>

namespace kondor::scenarios {
namespace {

struct Proof {
  std::string file, scenario;
  std::size_t checks = 0;  // how many instances
};

std::map<std::string, std::vector<Proof>> ProofsByRule(const Suite& suite) {
  std::map<std::string, std::vector<Proof>> proofs;
  for (const Instance& instance : suite.instances) {
    for (const std::string& rule : instance.rules) {
      std::vector<Proof>& list = proofs[rule];
      if (list.empty() || list.back().scenario != instance.scenario) {
        list.push_back({instance.file, instance.scenario, 0});
      }
      ++list.back().checks;
    }
  }
  return proofs;
}

std::string TableCell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
    text.insert(at, "\\");
  }
  return text;
}

}  // namespace

std::string CoveragePage(const Suite& suite) {
  const auto proofs = ProofsByRule(suite);
  std::string out =
      "# Which scenario proves which rule\n\n"
      "Written by `kondor-check --coverage`; a test holds this page against it. Rules are those "
      "of\n"
      "[VENDORS.md](VENDORS.md), scenarios those of `scenarios/cases/` "
      "([SCENARIOS.md](SCENARIOS.md)).\n"
      "A check is one scenario under one reading, with one row of its table.\n\n";
  const auto covered = std::ranges::count_if(
      suite.dictionary.rules, [&](const Rule& rule) { return proofs.contains(rule.id); });
  out += std::to_string(covered) + " of " + std::to_string(suite.dictionary.rules.size()) +
         " rules are proved, by " + std::to_string(suite.instances.size()) + " checks.\n\n";
  out += "| rule | what it says | proved by | checks |\n|---|---|---|---|\n";
  for (const Rule& rule : suite.dictionary.rules) {
    const auto found = proofs.find(rule.id);
    if (found == proofs.end()) continue;
    std::string list;
    std::size_t checks = 0;
    for (const Proof& proof : found->second) {
      list += (list.empty() ? "" : "<br>") + proof.file + ": " + proof.scenario;
      checks += proof.checks;
    }
    out += "| " + rule.id + " | " + TableCell(rule.title) + " | " + TableCell(list) + " | " +
           std::to_string(checks) + " |\n";
  }
  out += "\n## Not covered, and why\n\n| rule | what it says | why not |\n|---|---|---|\n";
  for (const Rule& rule : suite.dictionary.rules) {
    if (proofs.contains(rule.id)) continue;
    const std::string why =
        rule.uncovered.empty() ? "**nothing covers it yet, and nobody says why**" : rule.uncovered;
    out += "| " + rule.id + " | " + TableCell(rule.title) + " | " + TableCell(why) + " |\n";
  }
  return out;
}

}  // namespace kondor::scenarios
