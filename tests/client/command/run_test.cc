// kondor-call kondado run: queued, followed until it ends, given up or cancelled without a lie
// about what is not known.
#include <csignal>
#include <latch>

#include "tests/client/command/surroundings.h"

namespace kondor::client {
namespace {

// Pipeline 7 is at work for 0.2 s, the others for a day.
constexpr const char* kSeed = R"({"kondado": {"pipelines": [
    {"id": 7, "status": "active", "queue_ms": 100, "run_ms": 100},
    {"id": 8, "status": "active", "queue_ms": 0, "run_ms": 86400000},
    {"id": 9, "status": "active", "queue_ms": 0, "run_ms": 86400000}]}})";

const std::vector<std::string> kFollow = {"--wait", "--interval", "0.02", "--strategy", "none"};

std::vector<std::string> With(std::vector<std::string> words,
                              const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Answers a run with success, and looks with one status after the other; the last one stays.
Stub Pipeline(std::vector<std::string> statuses) {
  return Stub([statuses, look = std::size_t{0}](const std::string& target) mutable {
    if (target.find("/run") != std::string::npos) return Stub::Reply{200, R"({"success": true})"};
    const std::string& status = statuses[std::min(look++, statuses.size() - 1)];
    return Stub::Reply{200, StatusBody(7, status)};
  });
}

TEST(CallRun, IsQueuedAndThatIsAll) {
  const Mock mock;
  const auto text = Call({"kondado", "run", "2040"}, {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_EQ(text.out, "pipeline 2040 is queued\n");
  const auto again =
      Call({"kondado", "run", "2040", "--json"}, {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(again.code, 7);
  EXPECT_NE(again.out.find("\"code\":\"PIPELINE_ALREADY_RUNNING\""), std::string::npos)
      << again.out;
}

TEST(CallRun, IsFollowedUntilItEnds) {
  const Folder folder;
  const Mock mock({"--seed-file", folder.Write("seed.json", kSeed)});
  auto environment = EnvironmentAt(mock.url());
  const auto text = Call(With({"kondado", "run", "7"}, kFollow), {.environment = environment});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_EQ(text.err.find("pipeline 7  queued\n"), 0U) << text.err;
  EXPECT_EQ(text.out,
            "PIPELINE  STATUS  RUNNING  ACTIVE  BLOCKED\n"
            "7         active  no       yes     no\n");
  const auto json =
      Call(With({"kondado", "run", "7", "--json"}, kFollow), {.environment = environment});
  EXPECT_EQ(json.code, 0) << json.out;
  EXPECT_EQ(json.out.find("{\"pipeline_id\":7,\"queued\":true}\n"), 0U) << json.out;
  EXPECT_TRUE(json.out.ends_with("\"raw_msg\":null,\"ended\":\"done\"}\n")) << json.out;
  EXPECT_EQ(json.err, "");
}

TEST(CallRun, EachStateIsALineOfItsOwn) {
  const Stub stub = Pipeline({"scheduled", "scheduled", "running", "active"});
  const auto text =
      Call(With({"kondado", "run", "7"}, kFollow), {.environment = EnvironmentAt(stub.url())});
  EXPECT_EQ(text.code, 0);
  EXPECT_EQ(text.err, "pipeline 7  queued\npipeline 7  scheduled\npipeline 7  running\n");
  const Stub again = Pipeline({"scheduled", "active"});
  const auto json = Call(With({"kondado", "run", "7", "--json"}, kFollow),
                         {.environment = EnvironmentAt(again.url())});
  EXPECT_NE(json.out.find("\n{\"pipeline_id\":7,\"status\":\"scheduled\","), std::string::npos);
}

TEST(CallRun, AFailedStateHasItsExitCode) {
  for (const char* state : {"error_building_tables", "too_many_consecutive_failed_builds",
                            "too_many_consecutive_failed_builds__blocked"}) {
    const Stub stub = Pipeline({"building_tables", state});
    const auto called =
        Call(With({"kondado", "run", "7"}, kFollow), {.environment = EnvironmentAt(stub.url())});
    EXPECT_EQ(called.code, 12) << called.err;
    EXPECT_NE(called.err.find(std::string("kondor-call: pipeline 7 ended as ") + state),
              std::string::npos)
        << called.err;
  }
}

// The vendor may take note of the run only after our first look.
TEST(CallRun, IdleAtTheFirstLookIsNotYetTheEnd) {
  const Stub slow = Pipeline({"error_building_tables", "scheduled", "active"});
  const auto slowly =
      Call(With({"kondado", "run", "7"}, kFollow), {.environment = EnvironmentAt(slow.url())});
  EXPECT_EQ(slowly.code, 0) << slowly.err;
  const Stub fast = Pipeline({"active"});
  const auto fastly =
      Call(With({"kondado", "run", "7"}, kFollow), {.environment = EnvironmentAt(fast.url())});
  EXPECT_EQ(fastly.code, 0) << fastly.err;
}

TEST(CallRun, ARunThatTakesTooLongGoesOn) {
  const Folder folder;
  const Mock mock({"--seed-file", folder.Write("seed.json", kSeed)});
  const auto called = Call({"kondado", "run", "8", "--wait", "--interval", "600", "--timeout",
                            "300", "--strategy", "none"},
                           {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(called.code, 11);
  EXPECT_NE(called.err.find("the run goes on, last seen as running; look with: kondor-call kondado "
                            "status 8"),
            std::string::npos)
      << called.err;
}

TEST(CallRun, ControlCWhileItIsFollowedSaysThatItGoesOn) {
  const Folder folder;
  const Mock mock({"--seed-file", folder.Write("seed.json", kSeed)});
  for (const int signal : {SIGINT, SIGTERM}) {
    Process call(KONDOR_CALL_PATH,
                 {"kondado", "run", signal == SIGINT ? "8" : "9", "--wait", "--interval", "600",
                  "--strategy", "none"},
                 {.environment = EnvironmentAt(mock.url())});
    ASSERT_TRUE(call.SaysOnErr("running\n")) << call.err();
    call.Signal(signal);
    EXPECT_EQ(call.ExitCode(), 130);
    EXPECT_NE(call.err().find("cancelled; the run goes on"), std::string::npos) << call.err();
  }
}

// A program that reads the last line alone has to learn that there is a run.
TEST(CallRun, WhatWasQueuedBeforeItWasCancelledWasCarriedOut) {
  const Folder folder;
  const Mock mock({"--seed-file", folder.Write("seed.json", kSeed)});
  Process call(
      KONDOR_CALL_PATH,
      {"kondado", "run", "8", "--wait", "--interval", "600", "--strategy", "none", "--json"},
      {.environment = EnvironmentAt(mock.url())});
  ASSERT_TRUE(call.SaysOnOut("\"queued\":true")) << call.err();
  call.Signal(SIGHUP);
  EXPECT_EQ(call.ExitCode(), 130);
  EXPECT_NE(call.out().find("\"maybe_carried_out\":true,\"exit_code\":130"), std::string::npos)
      << call.out();
}

TEST(CallRun, ControlCInMidCallSaysWhatIsNotKnown) {
  std::latch asked(1), done(1);
  const Stub stub([&](const std::string&) {
    asked.count_down();
    done.wait();
    return Stub::Reply{};
  });
  Process call(KONDOR_CALL_PATH, {"kondado", "run", "7", "--json"},
               {.environment = EnvironmentAt(stub.url())});
  asked.wait();
  call.Signal(SIGINT);
  EXPECT_EQ(call.ExitCode(), 130);
  done.count_down();
  EXPECT_NE(call.out().find("\"error\":\"cancelled\""), std::string::npos) << call.out();
  EXPECT_NE(call.out().find("the run may have been queued: look with: kondor-call kondado"),
            std::string::npos);
  EXPECT_NE(call.out().find("\"maybe_carried_out\":true"), std::string::npos);
}

TEST(CallRun, ControlCWhileWaitingAfterARefusalKnowsThatNothingWasDone) {
  const Stub stub({200,
                   R"({"success": false, "error": "RATE_LIMIT_EXCEEDED", "message":
                      "Too many requests. Please try again in 60 seconds."})"});
  Process call(KONDOR_CALL_PATH, {"kondado", "run", "7", "--explain"},
               {.environment = EnvironmentAt(stub.url())});
  ASSERT_TRUE(call.SaysOnErr("goes again in 60.")) << call.err();
  call.Signal(SIGINT);
  EXPECT_EQ(call.ExitCode(), 130);
  EXPECT_EQ(call.err().find("may have been queued"), std::string::npos) << call.err();
}

TEST(CallRun, ALostAnswerIsNotSentAgainAndSaysWhatIsNotKnown) {
  int calls = 0;
  {
    const Stub stub([&](const std::string&) {
      ++calls;
      return Stub::Reply{500, ""};
    });
    const auto called = Call({"kondado", "run", "7"}, {.environment = EnvironmentAt(stub.url())});
    EXPECT_EQ(called.code, 9) << called.err;
    EXPECT_NE(called.err.find("the run may have been queued"), std::string::npos) << called.err;
  }
  EXPECT_EQ(calls, 1);
}

TEST(CallRun, AnAnswerThatIsNotAsDocumentedMayHaveQueuedIt) {
  for (const char* nonsense : {R"({"status": "queued"})", "[]", "<html>"}) {
    const Stub stub({200, nonsense});
    const auto environment = EnvironmentAt(stub.url());
    const auto text = Call({"kondado", "run", "7"}, {.environment = environment});
    EXPECT_EQ(text.code, 10) << text.err;
    EXPECT_NE(text.err.find("the run may have been queued"), std::string::npos) << text.err;
    const auto json = Call({"kondado", "run", "7", "--json"}, {.environment = environment});
    EXPECT_NE(json.out.find(R"("maybe_carried_out":true)"), std::string::npos) << json.out;
  }
}

}  // namespace
}  // namespace kondor::client
