// Playing: sandboxes, steps, chance, order, and what is told of a failure.
#include "scenarios/run/play.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>

#include "mock_server/mock_server.h"
#include "scenarios/run/crew.h"
#include "tests/scenarios/scripted_server.h"
#include "tests/scenarios/small_suite.h"

namespace kondor::scenarios {
namespace {

const Target& OwnMock() {
  static const Target target = Target::Make({}).value();
  return target;
}

Outcome PlayedOn(const Target& target, const CaseFile& file, const PlayOptions& options = {}) {
  const std::vector<Instance> instances = Loaded(file);
  Connection connection = target.NewConnection();
  return Play(instances.at(0), target, connection, options);
}

Outcome PlayedHere(const std::string& steps, const std::string& fields = "") {
  return PlayedOn(OwnMock(), FileOfSteps(steps, fields));
}

TEST(Play, PassesWhatHolds) {
  const Outcome outcome = PlayedHere(
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 200}},
         {"advance_ms": 1000},
         {"call": "k2 GET /pipelines/2040/status", "expect": {"json": {"2040": {"status": "active"}}}})");
  EXPECT_EQ(outcome.verdict, Verdict::kPass) << outcome.why;
}

TEST(Play, TellsWhatDiffersAtWhichStepAndHowToSeeIt) {
  const Outcome outcome = PlayedHere(
      R"({"control": "POST /kondado/tokens", "body": {"description": "second", "user_id": 1}, "save": {"second.key": "/key", "second.token": "/token"}},
         {"call": "k2 GET /pipelines/2040/status", "with": "second", "headers": {"A": "\"$b\""}, "expect": {"status": 429, "json": {"2040": {"status": "running"}}}})");
  EXPECT_EQ(outcome.verdict, Verdict::kFail);
  EXPECT_EQ(outcome.step, "step 2: k2 GET /pipelines/2040/status");
  EXPECT_EQ(outcome.why, "status: expected 429, got 200");
  ASSERT_EQ(outcome.mismatches.size(), 2U);
  EXPECT_EQ(outcome.mismatches[1].what, "json /2040/status");
  EXPECT_EQ(outcome.mismatches[1].got, "\"active\"");
  EXPECT_EQ(outcome.curl,
            "curl -sS -i -g --path-as-is "
            "\"${KONDOR_URL}/@${KONDOR_SANDBOX}/k2/pipelines/2040/"
            "status?key=${SECOND_KEY}&token=${SECOND_TOKEN}\" -H \"A: \\\"\\$b\\\"\"");
  ASSERT_FALSE(outcome.script.empty());
  EXPECT_EQ(outcome.script.front(), "KONDOR_URL=${KONDOR_URL:-http://127.0.0.1:7070}");
}

// K9's answer has the id for a key.
TEST(Play, ItsScriptFindsWhatWasKeptUnderANumber) {
  const Outcome outcome = PlayedHere(
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 200}, "save": {"st": "/2040/status"}},
         {"call": "k2 GET /${st}", "expect": {"status": 599}})");
  ASSERT_GE(outcome.script.size(), 2U);
  EXPECT_NE(outcome.script[outcome.script.size() - 2].find(
                R"(jq -r '. | (.["2040"]? // .[2040]?) | .["status"]')"),
            std::string::npos)
      << outcome.script[outcome.script.size() - 2];
}

TEST(Play, AnAnswerOfManyMegabytesIsCutForTheReports) {
  const ScriptedServer server({HttpAnswer("404 Not Found", "", "<html>"),
                               HttpAnswer("200 OK", "", std::string(5'000'000, 'x'))},
                              Afterwards::kKeepOpen);
  TargetOptions options;
  options.url = server.url();
  const Outcome outcome = PlayedOn(
      Target::Make(options).value(),
      FileOfSteps(R"({"call": "qondor GET /Test/x", "with": "none", "expect": {"body": "y"}})",
                  R"("anywhere": true, )"));
  ASSERT_EQ(outcome.mismatches.size(), 1U) << outcome.why;
  EXPECT_LT(outcome.mismatches[0].got.size(), 70'000U);
  EXPECT_TRUE(outcome.mismatches[0].got.ends_with("(5000000 bytes in all)"));
  EXPECT_LT(outcome.why.size(), 70'000U);
}

TEST(Play, GivesEachInstanceASandboxAndTakesItAway) {
  const std::string steps =
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"json": {"2040": {}}}})";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(PlayedHere(steps).verdict, Verdict::kPass);
  Connection connection = OwnMock().NewConnection();
  const Result<Reply> list = connection.Exchange(
      {"GET", "/_kondor/sandboxes", {{"Host", OwnMock().url().Authority()}}, ""});
  EXPECT_EQ(list.value().body.find("\"name\": \"default\""), list.value().body.rfind("\"name\": "));
}

TEST(Play, FailsWhenASandboxCannotBeMade) {
  const Outcome outcome = PlayedHere(R"({"call": "k2 GET /x", "expect": {"status": 404}})",
                                     R"("seed": {"kondado": {"pipes": []}}, )");
  EXPECT_EQ(outcome.verdict, Verdict::kFail);
  EXPECT_NE(outcome.why.find("pipes"), std::string::npos) << outcome.why;
}

TEST(Play, FailsWhenNothingCanBeKept) {
  const Outcome outcome = PlayedHere(
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 200}, "save": {"x": "/nope"}})");
  EXPECT_EQ(outcome.verdict, Verdict::kFail);
  EXPECT_NE(outcome.why.find("nothing to keep as 'x'"), std::string::npos);
}

TEST(Play, TimelinesTellUpToWhereTheyHeld) {
  const Outcome outcome = PlayedHere(
      R"({"timeline": "k2 GET /pipelines/2040/status", "at_ms": [0, 500, 1000], "admitted": "+++"})");
  EXPECT_EQ(outcome.why, "calls up to 500 ms: expected ++, got +-");
}

TEST(Play, RandomTimelinesFollowTheirSeed) {
  const std::string steps =
      R"({"random_timeline": "k2 GET /pipelines/2040/status", "count": 30, "step_ms": 250, "steps_max": 8})";
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    EXPECT_EQ(PlayedOn(OwnMock(), FileOfSteps(steps), {.seed = seed}).verdict, Verdict::kPass);
  }
  // Held against rules that are not the sandbox's, the oracle disagrees: it does look.
  const Outcome wrong =
      PlayedHere(R"({"settings": {"kondado.per_second": 0, "kondado.per_minute": 0}}, )" + steps);
  EXPECT_EQ(wrong.verdict, Verdict::kFail);
}

TEST(Play, OnAServerThatIsNoKondorOnlyWhatHoldsAnywhere) {
  const std::string health = HttpAnswer("404 Not Found", "", "<html>");
  const ScriptedServer server(
      {health, HttpAnswer("200 OK", "", "{}"), HttpAnswer("429 Too Many Requests", "", "{}")},
      Afterwards::kKeepOpen);
  TargetOptions options;
  options.url = server.url();
  options.surface = Surface::kQondor;
  const Target target = Target::Make(options).value();
  EXPECT_FALSE(target.has_control());
  const std::string call =
      R"({"call": "qondor GET /Test/x", "with": "none", "expect": {"status": 200}})";
  Connection connection = target.NewConnection();
  const auto play = [&](const CaseFile& file) {
    return Play(Loaded(file).at(0), target, connection, {});
  };
  EXPECT_EQ(play(FileOfSteps(call)).verdict, Verdict::kSkip);
  EXPECT_EQ(play(FileOfSteps(call, R"("anywhere": true, )")).verdict, Verdict::kPass);
  const Outcome limited = play(FileOfSteps(call, R"("anywhere": true, )"));
  EXPECT_EQ(limited.verdict, Verdict::kSkip);
  EXPECT_NE(limited.why.find("limits"), std::string::npos);
  const std::string write =
      R"({"call": "qondor POST /Test/x", "with": "none", "expect": {"status": 200}})";
  EXPECT_NE(play(FileOfSteps(write, R"("anywhere": true, )")).why.find("--allow-writes"),
            std::string::npos);
  const std::string other = R"({"call": "k2 GET /x", "with": "none", "expect": {"status": 200}})";
  EXPECT_NE(play(FileOfSteps(other, R"("anywhere": true, )")).why.find("--surface"),
            std::string::npos);
}

TEST(Crew, PlaysAllInAnyOrderAndKeepsTheirPlaces) {
  const std::vector<Instance> instances = Loaded(FileOfSteps(
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": "${row.status}"}})",
      R"("each": [{"n": 1, "status": 200}, {"n": 2, "status": 201}, {"n": 3, "status": 200}], )"));
  CrewOptions options;
  options.jobs = 4;
  options.repeat = 5;
  options.order = Order::kShuffled;
  std::atomic<std::size_t> told{0};
  options.on_progress = [&](std::size_t, std::size_t all, std::size_t) {
    EXPECT_EQ(all, 15U);
    ++told;
  };
  const std::atomic<bool> stop{false};
  const Results results = PlayAll(instances, OwnMock(), options, stop);
  ASSERT_EQ(results.played.size(), 15U);
  EXPECT_EQ(told, 15U);
  std::set<std::uint64_t> seeds;
  for (std::size_t i = 0; i < 15; ++i) {
    const Played& one = results.played[i];
    EXPECT_EQ(one.instance, &instances[i % 3]);
    EXPECT_EQ(one.round, i / 3);
    EXPECT_EQ(one.outcome.verdict, i % 3 == 1 ? Verdict::kFail : Verdict::kPass);
    seeds.insert(one.seed);
  }
  EXPECT_EQ(seeds.size(), 15U);
}

TEST(Crew, StopsWhenTheTargetHasGone) {
  std::unique_ptr<MockServer> mock = MockServer::Create({}).value();
  ASSERT_TRUE(mock->Start());
  TargetOptions there;
  there.url = mock->url();
  const Target target = Target::Make(there).value();
  const std::vector<Instance> instances =
      Loaded(FileOfSteps(R"({"call": "k2 GET /x", "expect": {"status": 404}})"));
  CrewOptions options;
  options.jobs = 1;
  options.repeat = 100;
  options.on_progress = [&](std::size_t done, std::size_t, std::size_t) {
    if (done == 10) mock->Stop();
  };
  const Results results = PlayAll(instances, target, options, std::atomic<bool>{false});
  EXPECT_TRUE(results.gone);
  EXPECT_EQ(results.Count(Verdict::kPass), 10U);
  EXPECT_EQ(results.Count(Verdict::kFail), 3U);
  EXPECT_EQ(results.not_played, 87U);
}

TEST(Crew, StopsWhenAsked) {
  const std::vector<Instance> instances =
      Loaded(FileOfSteps(R"({"call": "k2 GET /x", "expect": {"status": 404}})"));
  CrewOptions options;
  options.jobs = 2;
  options.repeat = 100;
  std::atomic<bool> stop{false};
  options.on_progress = [&](std::size_t done, std::size_t, std::size_t) {
    if (done == 10) stop = true;
  };
  const Results results = PlayAll(instances, OwnMock(), options, stop);
  EXPECT_GE(results.played.size(), 10U);
  EXPECT_LE(results.played.size(), 12U);
  EXPECT_EQ(results.played.size() + results.not_played, 100U);
}

}  // namespace
}  // namespace kondor::scenarios
