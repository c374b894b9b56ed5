// kondor-call --budget: one process knows what another has spent.
#include <sys/stat.h>

#include <csignal>

#include "tests/client/command/surroundings.h"

namespace kondor::client {
namespace {

constexpr const char* kRefused =
    R"({"success": false, "error": "RATE_LIMIT_EXCEEDED", "message": "Try again in 60 seconds."})";

TEST(CallBudget, WhatOneProcessLearntTheNextOneKnows) {
  const Folder folder;
  const std::string file = folder.Write("place", "") + ".budget";
  int calls = 0;
  {
    const Stub stub([&](const std::string&) {
      ++calls;
      return Stub::Reply{200, kRefused};
    });
    const auto environment = EnvironmentAt(stub.url());
    const auto first = Call({"kondado", "status", "7", "--tries", "1", "--budget", file},
                            {.environment = environment});
    EXPECT_EQ(first.code, 3) << first.err;
    const auto second = Call({"kondado", "status", "7", "--timeout", "5", "--budget", file},
                             {.environment = environment});
    EXPECT_EQ(second.code, 11) << second.err;
  }
  EXPECT_EQ(calls, 1) << "the wait that the first was told is over for the second";
}

TEST(CallBudget, WhatWasLearntIsToldOnce) {
  const Folder folder;
  const std::string file = folder.Write("place", "") + ".budget";
  int calls = 0;
  const Stub stub([&](const std::string&) {
    return Stub::Reply{200, ++calls == 1 ? StatusBody(7, "active") : kRefused};
  });
  const auto environment = EnvironmentAt(stub.url());
  const auto told = Call({"kondado", "status", "7", "8", "--tries", "1", "--budget", file},
                         {.environment = environment});
  EXPECT_EQ(told.code, 3) << told.err;
  const std::string lesson = "refused although only 1 of 20 calls per 60.000 s were booked";
  const auto at = told.err.find(lesson);
  ASSERT_NE(at, std::string::npos) << told.err;
  EXPECT_EQ(told.err.find(lesson, at + 1), std::string::npos) << told.err;
}

TEST(CallBudget, WhoCountsOtherwiseIsRefused) {
  const Folder folder;
  const Mock mock;
  const std::string file = folder.Write("place", "") + ".budget";
  const auto environment = EnvironmentAt(mock.url());
  EXPECT_EQ(
      Call({"kondado", "status", "2040", "--budget", file}, {.environment = environment}).code, 0);
  const auto other = Call({"kondado", "status", "2040", "--budget", file, "--strategy", "gcra"},
                          {.environment = environment});
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.err.find("learning 1/1s 20/60s"), std::string::npos) << other.err;
}

// As `mktemp` makes one: what was in it, nobody knows.
TEST(CallBudget, TheWaitForAnEmptiedOneIsExplainedBeforeItIsWaited) {
  const Folder folder;
  const Mock mock;
  const std::string file = folder.Write("budget", "");
  const std::vector<std::string> words = {"kondado", "status", "2040", "--budget", file};
  for (const char* format : {"--explain", "--json"}) {
    auto with = words;
    with.insert(with.end(), {"--explain", format});
    if (with.back() == with[with.size() - 2]) with.pop_back();
    Process call(KONDOR_CALL_PATH, with, {.environment = EnvironmentAt(mock.url())});
    EXPECT_TRUE(
        call.SaysOnErr("what went before is not known (the budget is new, was emptied or "
                       "lost what it knew), so nobody goes for another "))
        << call.err();
    call.Signal(SIGINT);
    EXPECT_EQ(call.ExitCode(), 130);
    EXPECT_EQ(call.err().find("{\"step\":\"queueing\",\"at_s\":0.") == 0,
              format == std::string("--json"))
        << call.err();
  }
  auto impatient = words;
  impatient.insert(impatient.end(), {"--timeout", "3"});
  const auto late = Call(impatient, {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(late.code, 11);
  EXPECT_NE(late.err.find("so nobody goes for another "), std::string::npos) << late.err;
  EXPECT_NE(late.err.find("before the deadline, "), std::string::npos) << late.err;
}

TEST(CallBudget, AFileThatOthersMayUseIsRefusedWithTheMend) {
  const Folder folder;
  const Mock mock;
  const std::string file = folder.Write("budget", "");
  chmod(file.c_str(), 0666);
  const auto called = Call({"kondado", "status", "2040", "--budget", file},
                           {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(called.code, 2) << called.err;
  EXPECT_NE(called.err.find("chmod 600 " + file), std::string::npos) << called.err;
}

TEST(CallBudget, WithoutItsRedisACallMayGoAloneAndSlowly) {
  const Mock mock;
  Process call(KONDOR_CALL_PATH,
               {"kondado", "status", "2040", "--budget", "redis://127.0.0.1:1", "--if-budget-lost",
                "pace", "--budget-workers", "4", "--explain"},
               {.environment = EnvironmentAt(mock.url())});
  EXPECT_TRUE(call.SaysOnErr("the shared budget is out of reach, and alone it goes slowly: "))
      << call.err();
  call.Signal(SIGINT);
  EXPECT_EQ(call.ExitCode(), 130);
}

TEST(CallBudget, ARedisThatIsNotThereStopsTheCall) {
  const Mock mock;
  const auto called = Call({"kondado", "status", "2040", "--budget", "redis://127.0.0.1:1"},
                           {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(called.code, 1);
  EXPECT_NE(called.err.find("127.0.0.1:1"), std::string::npos) << called.err;
}

TEST(CallBudget, WhereNoLimitsArePublishedThereIsNothingToShare) {
  EXPECT_EQ(Call({"hub", "tables", "--budget", "/nonexistent/b"},
                 {.environment = EnvironmentAt("http://127.0.0.1:1")})
                .code,
            2);
}

}  // namespace
}  // namespace kondor::client
