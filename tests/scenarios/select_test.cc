#include "scenarios/command/select.h"

#include <gtest/gtest.h>

#include "tests/scenarios/small_suite.h"

namespace kondor::scenarios {
namespace {

std::vector<Instance> All() {
  const std::string steps = R"("steps": [{"call": "k2 GET /x", "expect": {"status": 404}}])";
  return Loaded(
      FileOf(R"({"name": "The first", "rules": ["K9", "K10"], )" + steps + "},\n" +
             R"({"name": "The second", "rules": ["K5"], "readings": {"kondado.scope": "all"}, )" +
             steps + "}"));
}

std::string Chosen(const Selection& selection) {
  const Result<std::vector<Instance>> chosen = Select(All(), selection, HouseDictionary());
  if (!chosen) return chosen.error().message;
  std::string names;
  for (const Instance& instance : *chosen) {
    names += instance.scenario.substr(4, 1) + (instance.reading.empty() ? "" : "*");
  }
  return names;
}

TEST(CheckSelection, ByNameRuleReadingCaseAndShard) {
  EXPECT_EQ(Chosen({}), "fs*s*");
  EXPECT_EQ(Chosen({.filters = {"first"}}), "f");
  EXPECT_EQ(Chosen({.filters = {"/^t .*(pair|default)$/"}}), "fs*");
  EXPECT_EQ(Chosen({.filters = {"first", "pair"}}), "fs*");
  EXPECT_EQ(Chosen({.rules = {"K10"}}), "f");
  EXPECT_EQ(Chosen({.rules = {"K10", "K5"}}), "fs*s*");
  EXPECT_EQ(Chosen({.readings = {"kondado.scope=pair"}}), "s*");
  EXPECT_EQ(Chosen({.cases = {"t"}}), "fs*s*");
  EXPECT_EQ(Chosen({.filters = {"nothing like it"}}), "");
  EXPECT_EQ(Chosen({.shard = 1, .shards = 2}), "fs*");
  EXPECT_EQ(Chosen({.shard = 2, .shards = 2}), "s*");
}

TEST(CheckSelection, RefusesWhatCannotBeMeant) {
  EXPECT_EQ(Chosen({.rules = {"K99"}}), "--rule: there is no rule 'K99'");
  EXPECT_EQ(Chosen({.readings = {"kondado.scope"}}).substr(0, 36),
            "--reading takes SETTING=VALUE, such ");
  EXPECT_EQ(Chosen({.readings = {"kondado.scope=both"}}),
            "--reading: kondado.scope has no reading 'both'");
  EXPECT_EQ(Chosen({.cases = {"u"}}), "--case: there is no case file 'u'; --list shows them");
  EXPECT_EQ(Chosen({.filters = {"/(/"}}).substr(0, 9), "--filter:");
}

}  // namespace
}  // namespace kondor::scenarios
