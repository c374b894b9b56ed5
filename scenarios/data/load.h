// Reads case files, strictly: an unknown key, a wrong type, an unknown rule, setting or ${name}, a
// step without an expectation are faults, each with its line and column.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scenarios/data/dictionary.h"
#include "scenarios/data/scenario.h"

namespace kondor::scenarios {

struct CaseFile {
  std::string name;  // "kondado_limits.json"
  std::string text;
};

// All instances of the file's scenarios, in its order. kInvalidArgument has one line for each
// fault.
Result<std::vector<Instance>> LoadCases(const CaseFile& file, const Dictionary& dictionary);

}  // namespace kondor::scenarios
