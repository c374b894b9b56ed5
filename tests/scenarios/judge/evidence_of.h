// Evidence made up, to test a rule by.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "scenarios/judge/rules/rules.h"

namespace kondor::judge {

// A call at so many seconds; it was answered unless it is changed.
struct At {
  double s = 0;
  Outcome outcome = Outcome::kOk;
  int pipeline = 1;
  std::string fault = {};
};

Evidence EvidenceOf(std::initializer_list<At> calls, const std::string& trial = "work");

inline constexpr Outcome kRefusedOutcome = Outcome::kRateLimited;

// The ids of what was found.
std::vector<std::string> IdsOf(const Findings& findings);

}  // namespace kondor::judge
