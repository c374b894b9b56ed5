// What a run would ask, in which order, and what it may cost at most. Plain values; thread-safe:
// pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "scenarios/data/dictionary.h"
#include "scenarios/live/checks/check.h"
#include "scenarios/live/findings/drift_file.h"
#include "scenarios/live/target.h"

namespace kondor::live {

struct PlanOptions {
  int budget = 40;
  int refusals = 0;
  std::vector<std::string> rules;  // empty: all
  enum class Writes { kNo, kAllowed } writes = Writes::kNo;
};

struct Plan {
  std::vector<Check> checks;  // those never checked first, then the oldest; open questions first
  bool probes = false;        // whether the limits are probed, with what the checks leave
  Findings not_asked;         // why the others are not
  Duration most{};            // it ends by then, done or not
};

Plan MakePlan(std::vector<Check> checks, const Target& target, const PlanOptions& options,
              const DriftFile& known);

// Whether a rule of docs/VENDORS.md is one of that vendor's.
bool IsOf(Vendor vendor, const std::string& rule);

// Which rules the probes of that vendor's limits are about.
const std::vector<std::string>& ProbedRules(Vendor vendor);

std::string TextOf(const Plan& plan, const Target& target, const PlanOptions& options,
                   const DriftFile& known);

}  // namespace kondor::live
