// The drift report. Secrets never get into it, whoever put them where. Thread-safe: pure functions.
#pragma once

#include <string>
#include <vector>

#include "scenarios/live/run.h"
#include "scenarios/report/report.h"

namespace kondor::live {

// As the reports of scenarios are made of: one instance for each rule.
struct Reported {
  std::vector<scenarios::Instance> instances;
  scenarios::Results results;
  scenarios::Summary summary;
};
// What it holds refers to itself: it must not be copied or moved.
void Fill(const Prepared& prepared, const Outcome& outcome, double seconds, Reported& reported);

// Rule by rule: what differs first, with both bodies; what holds; what was not checked, and why.
std::string DriftReport(const Prepared& prepared, const Outcome& outcome, scenarios::Colour colour);

}  // namespace kondor::live
