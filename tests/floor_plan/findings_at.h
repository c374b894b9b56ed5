// For tests of the rules: findings as "path:line", which is what they are compared by.
#pragma once

#include <string>
#include <vector>

#include "tests/floor_plan/source_tree.h"

namespace kondor::floor_plan {

inline std::vector<std::string> At(const Findings& findings) {
  std::vector<std::string> at;
  for (const Finding& finding : findings) {
    at.push_back(finding.path + ":" + std::to_string(finding.line));
  }
  return at;
}

}  // namespace kondor::floor_plan
