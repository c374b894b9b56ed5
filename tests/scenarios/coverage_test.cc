// What stands beside the cases is true: the page of coverage, the dictionary, the embedded files.
#include "scenarios/report/coverage.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "mock_server/mock_server.h"
#include "tests/scenarios/small_suite.h"

namespace kondor::scenarios {
namespace {

std::string TextOf(const std::string& path) {
  std::ifstream file(std::string(KONDOR_SOURCE_DIR) + "/" + path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Of "no, yes".
std::set<std::string> WordsOf(const std::string& list) {
  std::set<std::string> words;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(", ", begin), list.size());
    words.insert(list.substr(begin, end - begin));
    begin = end + 2;
  }
  return words;
}

TEST(Coverage, ThePageIsWhatTheProgramPrints) {
  EXPECT_TRUE(TextOf("docs/COVERAGE.md") == CoveragePage(HouseSuite()))
      << "docs/COVERAGE.md is behind; write it anew: kondor-check --coverage > docs/COVERAGE.md";
}

TEST(Coverage, EveryRuleIsProvedOrSaysWhyNot) {
  std::set<std::string> proved;
  for (const Instance& instance : HouseSuite().instances) {
    proved.insert(instance.rules.begin(), instance.rules.end());
  }
  for (const Rule& rule : HouseDictionary().rules) {
    EXPECT_NE(proved.contains(rule.id), !rule.uncovered.empty()) << rule.id;
  }
}

TEST(Coverage, TheDictionaryHasTheRulesOfTheContract) {
  const std::string contract = TextOf("docs/VENDORS.md");
  std::set<std::string> rules, known;
  const std::regex heading(R"(\n(- \*\*|\| )([A-Z]+[0-9]+)(\*\*| \|))");
  for (std::sregex_iterator it(contract.begin(), contract.end(), heading), end; it != end; ++it) {
    rules.insert((*it)[2]);
  }
  for (const Rule& rule : HouseDictionary().rules) known.insert(rule.id);
  EXPECT_GT(rules.size(), 80U);
  EXPECT_EQ(known, rules);
}

TEST(Coverage, TheDictionaryHasTheSettingsOfTheMock) {
  const auto server = MockServer::Create({}).value();
  const Json settings = Json::parse(server->Call("GET", "/_kondor/settings").body);
  ASSERT_EQ(settings.size(), HouseDictionary().settings.size());
  for (const Json& theirs : settings) {
    const Setting* ours = HouseDictionary().FindSetting(theirs["name"].get<std::string>());
    ASSERT_NE(ours, nullptr) << theirs;
    if (ours->readings.empty()) continue;  // a number
    std::set<std::string> words;
    for (const Json& reading : ours->readings) words.insert(reading.get<std::string>());
    EXPECT_EQ(WordsOf(theirs["allowed"].get<std::string>()), words) << ours->name;
    EXPECT_EQ(theirs["value"], ours->readings.front()) << "the default stands first";
  }
}

TEST(Coverage, EveryReadingOfEveryQuestionIsPlayed) {
  std::set<std::string> played;
  for (const Instance& instance : HouseSuite().instances) {
    for (const auto& [setting, value] : instance.settings) {
      played.insert(setting + "=" + NameOfValue(value));
    }
  }
  for (const Setting& setting : HouseDictionary().settings) {
    for (const Json& reading : setting.readings) {
      EXPECT_TRUE(played.contains(setting.name + "=" + NameOfValue(reading)))
          << setting.name << "=" << reading;
    }
  }
}

TEST(Cases, WhatIsNoPlainFileIsNotRead) {
  const std::string folder = testing::TempDir() + "kondor-cases-no-plain-file";
  std::filesystem::create_directories(folder);
  std::filesystem::remove(folder + "/a.json");
  std::filesystem::create_symlink("/dev/zero", folder + "/a.json");
  const auto files = CasesOfFolder(folder);
  ASSERT_FALSE(files);
  EXPECT_NE(files.error().message.find("a.json is no plain file"), std::string::npos);
}

TEST(Coverage, TheProgramHoldsTheFilesOfTheFolder) {
  const std::vector<CaseFile> folder =
      CasesOfFolder(std::string(KONDOR_SOURCE_DIR) + "/scenarios/cases").value();
  const std::vector<CaseFile> embedded = EmbeddedCases();
  ASSERT_EQ(folder.size(), embedded.size()) << "list the new file in scenarios/CMakeLists.txt";
  for (std::size_t i = 0; i < folder.size(); ++i) {
    EXPECT_EQ(folder[i].name, embedded[i].name);
    EXPECT_TRUE(folder[i].text == embedded[i].text) << folder[i].name;
  }
  EXPECT_TRUE(TextOf("scenarios/dictionary.json") == EmbeddedDictionary());
}

}  // namespace
}  // namespace kondor::scenarios
