// The command lines that the pages show are ones that the program takes.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include "scenarios/command/options.h"
#include "scenarios/judge/options.h"

namespace kondor::scenarios {
namespace {

// What a CI, or a shell, would have put there.
std::string FilledIn(std::string line) {
  line = std::regex_replace(line, std::regex(R"(\$\{\{ *matrix\.part *\}\}|\$CI_NODE_INDEX)"), "1");
  line = std::regex_replace(line, std::regex(R"(\$CI_NODE_TOTAL)"), "2");
  line = std::regex_replace(line, std::regex(R"( +#.*$| +[|>&].*$)"), "");
  return std::regex_replace(line, std::regex(R"x("([^" ]*) ([^" ]*) ([^" ]*)")x"), "$1_$2_$3");
}

// The words after kondor-check, or after ./dev check, of every line in a block of code.
std::vector<std::vector<std::string>> CommandsOf(const std::string& page) {
  std::ifstream file(std::string(KONDOR_SOURCE_DIR) + "/docs/" + page);
  EXPECT_TRUE(file) << page;
  const std::regex command(R"(^[^`"]*(?:dev check|kondor-check)((?: .*)?)$)");
  std::vector<std::vector<std::string>> commands;
  bool in_code = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) in_code = !in_code;
    std::smatch match;
    const std::string filled = FilledIn(line);
    if (!in_code || line.starts_with("#") || !std::regex_match(filled, match, command)) continue;
    std::istringstream words(match[1]);
    commands.emplace_back(std::istream_iterator<std::string>(words),
                          std::istream_iterator<std::string>());
  }
  return commands;
}

std::string RefusalOf(const std::vector<std::string>& words) {
  if (!words.empty() && words[0] == "client") {
    const judge::Parsed parsed = judge::ParseOptions({words.begin() + 1, words.end()});
    return parsed.exit && parsed.exit->code != 0 ? parsed.exit->error : "";
  }
  std::vector<const char*> arguments{"kondor-check"};
  for (const std::string& word : words) arguments.push_back(word.c_str());
  const Parsed parsed = ParseOptions(static_cast<int>(arguments.size()), arguments.data());
  return parsed.exit && parsed.exit->code != 0 ? parsed.exit->error : "";
}

TEST(Docs, ShowCommandsThatAreTaken) {
  for (const std::string page : {"CI.md", "SCENARIOS.md", "JUDGE.md", "recipes/README.md"}) {
    const auto commands = CommandsOf(page);
    EXPECT_GE(commands.size(), 2U) << page;
    for (const auto& words : commands) {
      EXPECT_EQ(RefusalOf(words), "") << page << ": " << testing::PrintToString(words);
    }
  }
}

}  // namespace
}  // namespace kondor::scenarios
