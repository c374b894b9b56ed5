// docs/QONDOR.md lists every operation as the contract has it, and names tests that there are.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include "mock_server/qondor/contract/contract.h"

namespace kondor::qondor {
namespace {

const std::filesystem::path kRoot = KONDOR_SOURCE_DIR;

std::string TextOf(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(QondorDocs, ListEveryOperationWithItsRuleAndSummary) {
  const std::string page = TextOf(kRoot / "docs/QONDOR.md");
  for (const Operation& operation : Contract::Get().operations()) {
    const std::string row = "| `" + operation.method + " " + operation.path + "` | " +
                            operation.rule + " | " + operation.summary + " | `Qondor";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

TEST(QondorDocs, NameTestsThatThereAre) {
  std::string sources;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(kRoot / "tests/mock_server/qondor")) {
    if (entry.path().extension() == ".cc") sources += TextOf(entry.path());
  }
  const std::string page = TextOf(kRoot / "docs/QONDOR.md");
  const std::regex test("`(Qondor[A-Za-z]+)\\.([A-Za-z]+)`");
  int named = 0;
  for (std::sregex_iterator at(page.begin(), page.end(), test), end; at != end; ++at, ++named) {
    const std::string declared = "(" + (*at)[1].str() + ", " + (*at)[2].str() + ")";
    EXPECT_NE(sources.find(declared), std::string::npos) << declared;
  }
  EXPECT_GE(named, 87);
}

}  // namespace
}  // namespace kondor::qondor
