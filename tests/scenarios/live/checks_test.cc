// The checks as they are written, and what becomes of ids, writes and hosts that are closed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "scenarios/data/suite.h"
#include "scenarios/live/checks/judge.h"
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

TEST(Checks, OfOpenQuestionsExpectWhatWasFoundTheLastTime) {
  const auto checks = LoadChecks(KondadoChecksText(), "kondado.json").value();
  const auto check = std::ranges::find(checks, std::string("no credentials"), &Check::name);
  ASSERT_NE(check, checks.end());
  const std::string body = R"({"success": false, "error": "NO", "message": "no"})";
  const auto verdict = [&](int status, const char* last) {
    Findings findings;
    const Expected expected = [&](const std::string&, const std::string&) { return last; };
    JudgeAnswer(*check, check->request, {status, {}, body}, {}, expected, findings);
    EXPECT_EQ(findings.all().at("KO6").reading,
              "kondado.auth_error=" + std::to_string(status) + "_envelope");
    return findings.Of("KO6");
  };
  EXPECT_EQ(verdict(200, ""), Verdict::kHolds);
  EXPECT_EQ(verdict(401, ""), Verdict::kDiffers);
  EXPECT_EQ(verdict(401, "401_envelope"), Verdict::kHolds);
  EXPECT_EQ(verdict(200, "401_envelope"), Verdict::kDiffers);
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

// What is wrong with what the user gave is no drift of the vendor's.
TEST(Checks, WithCredentialsThatAreNotTakenTellNothing) {
  LiveCase live;
  live.rewrite = [](const client::Request&, client::Response& response) {
    response.body = R"({"success": false, "error": "INVALID_CREDENTIALS", "message": "no"})";
  };
  const LiveResult kondado = RunLive(live);
  for (const char* rule : {"K9", "K12", "K13", "KO7"}) {
    const Finding& finding = kondado.outcome.findings.all().at(rule);
    EXPECT_EQ(finding.verdict, Verdict::kNotChecked) << rule;
  }
  EXPECT_EQ(kondado.outcome.findings.all().at("K12").why,
            "the credentials are not taken there: INVALID_CREDENTIALS");
  live.vendor = Vendor::kQondor;
  live.rewrite = [](const client::Request&, client::Response& response) {
    response.status = 401;
    response.body = R"({ "statusCode": 401, "message": "Access denied" })";
  };
  const LiveResult qondor = RunLive(live);
  for (const char* rule : {"G4", "Q15", "QO4"}) {
    EXPECT_EQ(qondor.outcome.findings.Of(rule), Verdict::kNotChecked) << rule;
  }
}

TEST(Checks, OfAnIdThatIsMistypedTellNothing) {
  LiveCase live;
  live.options.ids["pipeline"] = "99999999";
  live.options.plan.rules = {"K9"};
  const Finding finding = RunLive(live).outcome.findings.all().at("K9");
  EXPECT_EQ(finding.verdict, Verdict::kNotChecked);
  EXPECT_EQ(finding.why, "the vendor knows no pipeline 99999999");
}

// Two tries for each of the hosts k2 and hub, then no more.
TEST(Checks, OfAVendorThatIsNotThereEndSoon) {
  LiveCase live;
  live.network = LiveCase::Network::kDown;
  const LiveResult result = RunLive(live);
  EXPECT_EQ(result.outcome.calls, 4);
  for (const char* rule : {"K9", "K12", "H1"}) {
    const Finding& finding = result.outcome.findings.all().at(rule);
    EXPECT_EQ(finding.verdict, Verdict::kNotChecked) << rule;
    EXPECT_NE(finding.why.find("nobody answers there"), std::string::npos) << finding.why;
  }
}

TEST(Checks, OfATableNamedAreMade) {
  LiveCase live;
  live.options.ids["table"] = "sales_by_month";
  live.options.plan.rules = {"H1"};
  EXPECT_EQ(RunLive(live).outcome.calls, 3);
}

}  // namespace
}  // namespace kondor::live
