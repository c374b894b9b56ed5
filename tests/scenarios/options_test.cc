#include "scenarios/command/options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kondor::scenarios {
namespace {

Parsed ParsedFrom(const std::vector<std::string>& flags) {
  std::vector<const char*> arguments{"kondor-check"};
  for (const std::string& flag : flags) arguments.push_back(flag.c_str());
  return ParseOptions(static_cast<int>(arguments.size()), arguments.data());
}

TEST(CheckOptions, HaveDefaults) {
  const Options options = ParsedFrom({}).options;
  EXPECT_EQ(options.task, Task::kCheck);
  EXPECT_EQ(options.target.url, "");
  EXPECT_GE(options.crew.jobs, 2U);
  EXPECT_EQ(options.crew.repeat, 1U);
  EXPECT_EQ(options.crew.order, Order::kAsWritten);
  EXPECT_EQ(options.crew.writes, Writes::kSkipped);
  EXPECT_EQ(options.target.patience, std::chrono::seconds(10));
}

TEST(CheckOptions, AreTaken) {
  const Options options = ParsedFrom({"--target",
                                      "http://127.0.0.1:7070",
                                      "--surface",
                                      "qondor",
                                      "--jobs",
                                      "16",
                                      "--repeat",
                                      "3",
                                      "--shuffle",
                                      "--seed",
                                      "9",
                                      "--shard",
                                      "2/5",
                                      "--rule",
                                      "K5",
                                      "--rule",
                                      "KO1",
                                      "--filter",
                                      "a b",
                                      "--reading",
                                      "kondado.scope=pair",
                                      "--case",
                                      "x",
                                      "--allow-writes",
                                      "--timeout-ms",
                                      "50",
                                      "--color",
                                      "always",
                                      "--list",
                                      "--junit",
                                      "j",
                                      "--tap",
                                      "t",
                                      "--json",
                                      "s",
                                      "--html",
                                      "h",
                                      "--cases",
                                      "c"})
                              .options;
  EXPECT_EQ(options.task, Task::kList);
  EXPECT_EQ(options.target.surface, Surface::kQondor);
  EXPECT_EQ(options.crew.jobs, 16U);
  EXPECT_EQ(options.crew.repeat, 3U);
  EXPECT_EQ(options.crew.order, Order::kShuffled);
  EXPECT_EQ(options.crew.seed, 9U);
  EXPECT_EQ(options.crew.writes, Writes::kAllowed);
  EXPECT_EQ(options.selection.shard, 2U);
  EXPECT_EQ(options.selection.shards, 5U);
  EXPECT_EQ(options.selection.rules, (std::vector<std::string>{"K5", "KO1"}));
  EXPECT_EQ(options.selection.filters, std::vector<std::string>{"a b"});
  EXPECT_EQ(options.colour, ColourChoice::kAlways);
  EXPECT_EQ(options.junit + options.tap + options.json + options.html, "jtsh");
}

TEST(CheckOptions, ThatCannotBeMeantAreRefusedInOneLine) {
  const std::vector<std::vector<std::string>> wrong = {{"--unknown"},
                                                       {"stray"},
                                                       {"--jobs", "0"},
                                                       {"--jobs", "257"},
                                                       {"--jobs", "many"},
                                                       {"--repeat", "0"},
                                                       {"--repeat", "10001"},
                                                       {"--seed", "-1"},
                                                       {"--seed", "18446744073709551616"},
                                                       {"--seed", std::string(309, '9')},
                                                       {"--seed", "1.5"},
                                                       {"--timeout-ms", "0"},
                                                       {"--shard", "0/4"},
                                                       {"--shard", "5/4"},
                                                       {"--shard", "1/4x"},
                                                       {"--shard", "1"},
                                                       {"--target", "ftp://x"},
                                                       {"--target", "http://u:p@x"},
                                                       {"--surface", "k2"},
                                                       {"--target", "http://x", "--surface", "k3"},
                                                       {"--colour", "red"},
                                                       {"--list", "--coverage"},
                                                       {"--json"},
                                                       {"--json=", "--list"}};
  for (const auto& flags : wrong) {
    const Parsed parsed = ParsedFrom(flags);
    ASSERT_TRUE(parsed.exit) << flags[0];
    EXPECT_EQ(parsed.exit->code, 2) << flags[0];
    EXPECT_EQ(parsed.exit->error.substr(0, 14), "kondor-check: ") << flags[0];
    EXPECT_EQ(parsed.exit->error.find('\n'), std::string::npos) << flags[0];
  }
}

}  // namespace
}  // namespace kondor::scenarios
