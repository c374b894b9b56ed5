// kondor-check --live as its user meets it, against a mock on loopback. One call each, so that
// nobody waits for the pace.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "mock_server/mock_server.h"
#include "tests/scenarios/check_process.h"

namespace kondor::live {
namespace {

struct Ended {
  int code;
  std::string out, error;
};

class LiveProcess : public testing::Test {
 protected:
  LiveProcess() : server_(MockServer::Create({}).value()) {
    EXPECT_TRUE(server_->Start());
    const MockServer::Credentials& own = server_->credentials();
    setenv("KONDADO_KEY", own.key.c_str(), 1);
    setenv("KONDADO_TOKEN", own.token.c_str(), 1);
    setenv("KONDADO_BASE_URL", (server_->url() + "/k2").c_str(), 1);
    setenv("QONDOR_SUBSCRIPTION_KEY", own.qondor_primary_key.c_str(), 1);
    setenv("QONDOR_BASE_URL", (server_->url() + "/qondor/Prod").c_str(), 1);
    std::filesystem::remove(file_);
    // Nobody sits there to type yes, on whatever terminal the tests run.
    EXPECT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
  }
  ~LiveProcess() override { std::filesystem::remove(file_); }

  Ended Ran(std::vector<std::string> words) const {
    words.insert(words.end(), {"--drift-file", file_});
    scenarios::CheckProcess process(words);
    const int code = process.ExitCode();
    return {code, process.out(), process.error()};
  }
  bool Remembered() const { return std::filesystem::exists(file_); }
  std::string Calls() const {
    return server_->Call("GET", "/_kondor/sandboxes/default/journal").body;
  }

  const std::string file_ = testing::TempDir() + "kondor-live-process-" +
                            testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::unique_ptr<MockServer> server_;
};

TEST_F(LiveProcess, AsksForAYesAndCallsNobodyWithoutIt) {
  const Ended ended = Ran({"--live", "kondado"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.out.find("Budget: 40 calls"), std::string::npos) << ended.out;
  EXPECT_EQ(ended.error,
            "kondor-check: nothing was called: say --yes, or run it on a terminal and type yes\n");
  EXPECT_FALSE(Remembered());
  EXPECT_EQ(Calls().find("parent_collections"), std::string::npos);
}

TEST_F(LiveProcess, EndsWithZeroWhenAllThatWasCheckedHolds) {
  const Ended ended = Ran({"--live", "kondado", "--yes", "--rule", "K12"});
  EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
  EXPECT_NE(ended.out.find("0 differ, 1 hold"), std::string::npos) << ended.out;
  EXPECT_TRUE(Remembered());
}

TEST_F(LiveProcess, EndsWithOneWhenSomethingDiffersAndWritesEveryReport) {
  server_->Call("POST", "/_kondor/sandboxes/default/faults",
                R"({"match": {"path": "/parent_collections/src"},
                    "play": [{"fault": "status", "status": 200, "body": {"success": true, "data": {}}}]})");
  const std::string page = file_ + ".html";
  const Ended ended = Ran({"--live=kondado", "--yes", "--rule", "K12", "--html", page});
  EXPECT_EQ(ended.code, 1) << ended.out << ended.error;
  EXPECT_NE(ended.out.find("DIFFERS K12"), std::string::npos) << ended.out;
  EXPECT_TRUE(std::filesystem::remove(page));
}

TEST_F(LiveProcess, EndsWithThreeWhenNothingWasChecked) {
  const Ended ended = Ran({"--live", "kondado", "--yes", "--rule", "KO1"});
  EXPECT_EQ(ended.code, 3) << ended.out;
  EXPECT_NE(ended.out.find("--provoke-refusals"), std::string::npos) << ended.out;
}

TEST_F(LiveProcess, LooksAtQondorToo) {
  const Ended ended = Ran({"--live", "qondor", "--yes", "--rule", "G5"});
  EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
}

TEST_F(LiveProcess, RefusesAFileThatIsNoDriftFileBeforeItCallsAnybody) {
  std::ofstream(file_) << "[]";
  const Ended ended = Ran({"--live", "kondado", "--yes", "--rule", "K12"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_EQ(Calls().find("parent_collections"), std::string::npos);
}

TEST_F(LiveProcess, NeverReachesTheOutsideFromATest) {
  unsetenv("KONDADO_BASE_URL");
  const Ended ended = Ran({"--live", "kondado", "--yes"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.error.find("KONDOR_LOOPBACK_ONLY is set"), std::string::npos) << ended.error;
}

}  // namespace
}  // namespace kondor::live
