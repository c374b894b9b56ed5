// Whether JSON is what a case file says: plain values must be equal, of objects the named fields
// are looked at (or all, when exact), and an object with one key that begins with '$' is a matcher.
#pragma once

#include <string>
#include <vector>

#include "scenarios/data/node.h"

namespace kondor::scenarios {

struct Mismatch {
  std::string what;  // "status", "json /data/0/id", "header Retry-After"
  std::string expected;
  std::string got;
};

enum class Objects { kSubset, kExact };

// Faults for every matcher below `node` that nobody knows, or that has the wrong operand.
void CheckMatcher(const Node& node, Faults& faults);

// Adds what differs. `got` null: it is not there. REQUIRES: a checked matcher.
void MatchJson(const Json& matcher, const Json* got, Objects objects, const std::string& at,
               std::vector<Mismatch>& out);

}  // namespace kondor::scenarios
