#include "scenarios/data/suite.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

namespace kondor::scenarios {

Result<std::vector<CaseFile>> CasesOfFolder(const std::string& folder) {
  std::error_code error;
  std::vector<CaseFile> files;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() != ".json") continue;
    if (!it->is_regular_file(error)) {  // nor behind a link
      return Unexpected(ErrorKind::kInvalidArgument, it->path().string() + " is no plain file");
    }
    std::ifstream file(it->path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
      return Unexpected(ErrorKind::kUnavailable, "cannot read " + it->path().string());
    }
    files.push_back({it->path().filename().string(), text.str()});
  }
  if (error) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "cannot read the folder '" + folder + "': " + error.message());
  }
  if (files.empty()) {
    return Unexpected(ErrorKind::kInvalidArgument, "there is no *.json in '" + folder + "'");
  }
  std::ranges::sort(files, {}, &CaseFile::name);
  return files;
}

Result<Suite> LoadSuite(const std::string& dictionary, const std::vector<CaseFile>& files) {
  Result<Dictionary> read = ReadDictionary(dictionary, "dictionary.json");
  if (!read) return Unexpected(read.error());
  Suite suite{std::move(*read), {}};
  std::string faults;
  for (const CaseFile& file : files) {
    Result<std::vector<Instance>> instances = LoadCases(file, suite.dictionary);
    if (!instances) {
      faults += (faults.empty() ? "" : "\n") + instances.error().message;
      continue;
    }
    std::ranges::move(*instances, std::back_inserter(suite.instances));
  }
  if (!faults.empty()) return Unexpected(ErrorKind::kInvalidArgument, faults);
  return suite;
}

}  // namespace kondor::scenarios
