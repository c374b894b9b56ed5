// The checks as they are written, and what becomes of ids, writes and hosts that are closed.
#include <gtest/gtest.h>

#include <cstdlib>

#include "scenarios/data/suite.h"
#include "scenarios/live/checks/load.h"
#include "tests/scenarios/live/live_run.h"

namespace kondor::live {
namespace {

TEST(Checks, NameRulesAndSettingsThatThereAre) {
  const auto dictionary = scenarios::ReadDictionary(scenarios::EmbeddedDictionary(), "d").value();
  for (const std::string& text : {KondadoChecksText(), QondorChecksText()}) {
    const auto checks = LoadChecks(text, "checks.json");
    ASSERT_TRUE(checks) << checks.error().message;
    for (const Check& check : *checks) {
      EXPECT_FALSE(check.parts.empty()) << check.name;
      for (const Part& part : check.parts) {
        EXPECT_NE(dictionary.FindRule(part.rule), nullptr) << part.rule;
        if (part.setting.empty()) continue;
        const scenarios::Setting* const setting = dictionary.FindSetting(part.setting);
        ASSERT_NE(setting, nullptr) << part.setting;
        ASSERT_EQ(setting->readings.size(), part.readings.size()) << part.setting;
        EXPECT_EQ(setting->readings[0], part.readings[0].first) << "the default goes first";
      }
    }
  }
}

TEST(Checks, AreReadStrictly) {
  for (
      const std::string text :
      {R"({"checks": [{"name": "a", "call": "GET /", "host": "k2", "example": 1, "rule": {}}]})",
       R"({"checks": [{"name": "a", "call": "GET /", "host": "k3", "example": 1}]})",
       R"({"checks": [{"name": "a", "call": "FETCH /", "host": "k2", "example": 1}]})",
       R"({"checks": [{"name": "a", "call": "GET /", "host": "k2", "example": 1, "rules": {"K9": {"json": {"$like": 1}}}}]})"}) {
    EXPECT_FALSE(LoadChecks(text, "x.json")) << text;
  }
}

TEST(Checks, LearnWhatTheyAreAboutOnTheWay) {
  const LiveResult result = RunLive({});
  for (const char* rule : {"K9", "K11", "K14"}) {
    EXPECT_EQ(result.outcome.findings.Of(rule), Verdict::kHolds) << rule;
  }
}

TEST(Checks, OfWritesAreMadeOnlyWithLeave) {
  LiveCase live;
  live.options.ids["pipeline"] = "2040";
  EXPECT_EQ(RunLive(live).outcome.findings.Of("K7"), Verdict::kNotChecked);
  live.options.plan.writes = PlanOptions::Writes::kAllowed;
  const LiveResult result = RunLive(live);
  EXPECT_EQ(result.outcome.findings.Of("K7"), Verdict::kHolds);
  EXPECT_EQ(result.outcome.findings.Of("W1"), Verdict::kHolds);
}

TEST(Checks, SayWhatTheyLack) {
  LiveCase live;
  live.rewrite = [](const client::Request& request, client::Response& response) {
    if (request.path == "/metadata/kdd_show_tables") response.body = "[]";
  };
  const LiveResult result = RunLive(live);
  const Finding& finding = result.outcome.findings.all().at("K9");
  EXPECT_EQ(finding.verdict, Verdict::kNotChecked);
  EXPECT_EQ(finding.why, "no pipeline is known: name one with --pipeline");
}

TEST(Checks, OfATableNamedAreMade) {
  LiveCase live;
  live.options.ids["table"] = "sales_by_month";
  live.options.plan.rules = {"H1"};
  EXPECT_EQ(RunLive(live).outcome.calls, 3);
}

}  // namespace
}  // namespace kondor::live
