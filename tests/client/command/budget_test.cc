// kondor-call --budget: one process knows what another has spent.
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
