// The case files inside this program, or those of a folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scenarios/data/dictionary.h"
#include "scenarios/data/load.h"

namespace kondor::scenarios {

std::vector<CaseFile> EmbeddedCases();  // by name
std::string EmbeddedDictionary();

// Every *.json of a folder, by name.
Result<std::vector<CaseFile>> CasesOfFolder(const std::string& folder);

struct Suite {
  Dictionary dictionary;
  std::vector<Instance> instances;
};

// kInvalidArgument has one line for each fault of any file.
Result<Suite> LoadSuite(const std::string& dictionary, const std::vector<CaseFile>& files);

}  // namespace kondor::scenarios
