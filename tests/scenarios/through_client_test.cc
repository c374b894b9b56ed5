// Scenarios whose calls the reference client makes: how they are written, and what is told of them.
#include "scenarios/run/through_client.h"

#include <gtest/gtest.h>

#include <set>

#include "scenarios/run/play.h"
#include "tests/scenarios/small_suite.h"

namespace kondor::scenarios {
namespace {

const std::string kByClient = R"("through": ["client"], )";

std::string FaultOf(const std::string& step, const std::string& fields = kByClient) {
  const std::string faults = FaultsOf(FileOfSteps(step, fields));
  const std::size_t end = faults.find(' ');
  return end == std::string::npos ? faults : faults.substr(end + 1);
}

Outcome PlayedByClient(const std::string& steps, const std::string& fields = "") {
  static const Target target = Target::Make({}).value();
  const std::vector<Instance> instances = Loaded(FileOfSteps(steps, kByClient + fields));
  Connection connection = target.NewConnection();
  return Play(instances.at(0), target, connection, {});
}

TEST(ThroughClient, MistakesAreTold) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {R"({"call": "k2 GET /x", "expect": {"client": {"kindd": "plan"}}})",
       "'client' tells value, kind, code, wait_s, tries and waited_s; not 'kindd'"},
      {R"({"call": "k2 GET /x", "expect": {"client": {"$is": 1}}})", "unknown matcher '$is'"},
      {R"({"call": "arm GET /x", "expect": {"client": {"tries": 1}}})",
       "the client speaks to k2, k1, hub and qondor"},
      {R"({"call": "k2 GET /x", "with": "none", "expect": {"client": {"tries": 1}}})",
       "the client makes no call without credentials"},
      {R"({"call": "k2 GET /x?a=b", "expect": {"client": {"tries": 1}}})",
       "a call that the client makes has its query in 'query'"},
      {R"({"call": "k2 GET /x", "tries": 2, "expect": {"status": 200}})",
       "'tries' are the client's: expect 'client'"},
  };
  for (const auto& [step, fault] : mistakes) {
    EXPECT_EQ(FaultOf(step).substr(0, fault.size()), fault) << step;
  }
}

TEST(ThroughClient, EachWayIsExpectedSomethingOf) {
  const std::string both = R"("through": ["raw", "client"], )";
  const std::string of_client = R"({"call": "k2 GET /x", "expect": {"client": {"tries": 1}}})";
  EXPECT_EQ(FaultOf(of_client, both), "played raw, nothing is expected of this call");
  EXPECT_EQ(FaultOf(of_client, R"("through": ["raw"], )").substr(0, 12), "played raw, ");
  const std::string of_both =
      R"({"call": "k2 GET /x", "expect": {"status": 404, "client": {"tries": 1}}})";
  EXPECT_EQ(FaultOf(of_both, ""), "'client' is expected, and 'through' does not name it");
  EXPECT_EQ(FaultOf(of_both, both), "");
  const std::string twice =
      R"({"call": "k2 GET /x", "tries": 2, "expect": {"status": 404, "client": {"tries": 1}}})";
  EXPECT_EQ(FaultOf(twice, both), "'tries' are the client's, and this is played raw, too");
}

TEST(ThroughClient, IsAnInstanceOfItsOwn) {
  const std::vector<Instance> instances = Loaded(FileOfSteps(
      R"({"call": "k2 GET /x", "expect": {"status": 404, "reason": "Not Found", "client": {"tries": 1}}})",
      R"("through": ["raw", "client"], )"));
  ASSERT_EQ(instances.size(), 2U);
  EXPECT_EQ(instances[0].ReadingName(), "default");
  EXPECT_EQ(instances[1].ReadingName(), "through client");
  const auto& raw = std::get<CallStep>(instances[0].steps[0].action).expect;
  const auto& client = std::get<CallStep>(instances[1].steps[0].action).expect;
  EXPECT_TRUE(raw.reason && !raw.client);
  EXPECT_TRUE(!client.reason && client.client);
}

TEST(ThroughClient, JudgesTheWireAndWhatTheClientMadeOfIt) {
  const Outcome holds = PlayedByClient(
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 200, "bytes": 108,
          "headers": {"Content-Type": "application/json"}, "journal": {"outcome": "ok"},
          "client": {"value": {"id": 2040, "is_idle": true}, "tries": 1, "kind": {"$absent": true}}}})");
  EXPECT_EQ(holds.verdict, Verdict::kPass) << holds.why;
  const Outcome wire = PlayedByClient(
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 201, "client": {"tries": 1}}})");
  EXPECT_EQ(wire.why, "status: expected 201, got 200");
  const Outcome understood = PlayedByClient(
      R"({"call": "k2 GET /pipelines/9999/status", "expect": {"status": 200, "client": {"kind": "plan"}}})");
  EXPECT_EQ(understood.why, "client /kind: expected \"plan\", got \"not_found\"");
  ASSERT_EQ(understood.mismatches.size(), 2U);
  EXPECT_EQ(understood.mismatches[1].what, "the client's words");
}

TEST(ThroughClient, AFailureIsRepeatedByALineForAShellWithoutSecrets) {
  const Outcome outcome = PlayedByClient(
      R"({"call": "k2 GET /pipelines/2040/status", "ip": "203.0.113.7", "expect": {"client": {"tries": 2}}})");
  EXPECT_EQ(outcome.curl,
            "curl -sS -i -g --path-as-is \"${KONDOR_URL}/@${KONDOR_SANDBOX}/k2/pipelines/2040/"
            "status?key=${KONDADO_KEY}&token=${KONDADO_TOKEN}\" -H \"Kondor-Client-Ip: "
            "203.0.113.7\"");
}

TEST(ThroughClient, WaitingMovesTheSandboxesClock) {
  const Outcome outcome = PlayedByClient(
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"client": {"tries": 1}}},
         {"call": "k2 GET /pipelines/2040/status", "tries": 3, "expect": {"client": {"value": {"id": 2040}, "tries": 2, "waited_s": 60}}},
         {"control": "GET /clock", "expect": {"json": {"now": {"$matches": "^2026-01-01T00:01:00"}}}})");
  EXPECT_EQ(outcome.verdict, Verdict::kPass) << outcome.why;
}

TEST(ThroughClient, AnAnswerThatNeverCameIsToldApart) {
  const std::string reset =
      R"({"control": "POST /faults", "body": {"play": [{"fault": "reset", "times": 9}]}}, )";
  const Outcome expected = PlayedByClient(
      reset +
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"client": {"kind": "transport"}}})");
  EXPECT_EQ(expected.verdict, Verdict::kPass) << expected.why;
  const Outcome missed = PlayedByClient(
      reset +
      R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 200, "client": {"kind": "transport"}}})");
  EXPECT_EQ(missed.why.substr(0, 36), "the answer: expected one, got none: ");
}

TEST(ThroughClient, EveryKindOfFailureHasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::kMalformed); ++kind) {
    words.insert(WordOf(static_cast<ErrorKind>(kind)));
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(ErrorKind::kMalformed) + 1);
}

}  // namespace
}  // namespace kondor::scenarios
