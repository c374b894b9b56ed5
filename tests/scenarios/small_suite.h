// Case files for tests, written in a line or two.
#pragma once

#include <string>
#include <vector>

#include "scenarios/data/suite.h"

namespace kondor::scenarios {

const Dictionary& HouseDictionary();  // the one inside the program
const Suite& HouseSuite();            // all cases inside the program

// {"about": "test", "scenarios": [SCENARIOS]} as a file "t.json".
CaseFile FileOf(const std::string& scenarios);
// One scenario named "It holds" that proves K9, with these steps and further fields.
CaseFile FileOfSteps(const std::string& steps, const std::string& fields = "");

// The instances of a file; a fault fails the test.
std::vector<Instance> Loaded(const CaseFile& file);
// The faults of a file, a line each; empty when there are none.
std::string FaultsOf(const CaseFile& file);

}  // namespace kondor::scenarios
