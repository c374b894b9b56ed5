// `kondor-check client` as it is typed: what it prints, writes and ends with.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include "base/descriptor.h"
#include "mock_server/mock_server.h"
#include "scenarios/judge/child.h"
#include "scenarios/judge/control.h"
#include "scenarios/judge/scratch.h"
#include "tests/scenarios/judge/table.h"

namespace kondor::judge {
namespace {

using testing::HasSubstr;
using testing::Not;

// Runs it with its output in a file, which is put into `printed`.
class CommandTest : public testing::Test {
 protected:
  CommandTest() : scratch_(Scratch::Make()) {}

  Ending Run(std::vector<std::string> arguments, Duration stop_after = std::chrono::minutes(1)) {
    ChildOptions options;
    options.command = {
        "/bin/sh",    "-c",    "out=$1; shift; exec \"$@\" > \"$out\"", "sh", Path("printed"),
        KONDOR_CHECK, "client"};
    options.command.insert(options.command.end(), arguments.begin(), arguments.end());
    options.time_limit = stop_after;
    const Result<Ending> ending = RunChild(options, [] { return GoOn::kYes; });
    EXPECT_TRUE(ending);
    return ending ? *ending : Ending();
  }

  std::string Path(const std::string& name) const { return scratch_->path() + "/" + name; }
  std::string Read(const std::string& name) const {
    std::ifstream file(Path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  Result<Scratch> scratch_;
};

TEST_F(CommandTest, PassesAGoodClient) {
  const Ending ending = Run({"--speed", "20", "--job-count", "3", "--trial", "work", "--json",
                             Path("report"), "--", KONDOR_JUDGE_CLIENT, "good"});
  EXPECT_EQ(ending.code, 0) << ending.last_words;
  EXPECT_THAT(Read("printed"), HasSubstr("PASS: 1 passed"));
  const Json report = Json::parse(Read("report"), nullptr, false);
  EXPECT_EQ(report["verdict"], "pass");
  EXPECT_GT(report["goodput_ratio"].get<double>(), 0.1);
  EXPECT_LE(report["goodput_ratio"].get<double>(), 1);
  EXPECT_TRUE(report["findings"].empty());
}

TEST_F(CommandTest, FailsABadOneAndNamesTheCalls) {
  // By the machine's clock: a whole second for all three calls, which a busy machine keeps to, too.
  const Ending ending =
      Run({"--job-count", "3", "--trial", "work", "--json", Path("report"), "--", "/bin/sh", "-c",
           "for i in 1 2 3; do curl -s \"$KONDADO_BASE_URL/pipelines/$i/status?key=$KONDADO_KEY"
           "&token=$KONDADO_TOKEN\" & done; wait"});
  EXPECT_EQ(ending.code, 1);
  EXPECT_THAT(Read("printed"), HasSubstr("over_limit (K4) in work, default"));
  EXPECT_THAT(Read("printed"), testing::ContainsRegex("call [0-9]+ +\\+"));
  const Json report = Json::parse(Read("report"), nullptr, false);
  EXPECT_EQ(report["verdict"], "fail");
  const Json finding = report["findings"][0];
  EXPECT_EQ(finding["id"], "over_limit");
  EXPECT_EQ(finding["rule"], "K4");
  EXPECT_EQ(finding["calls"].size(), finding["count"].get<std::size_t>());
  EXPECT_TRUE(finding["calls"][0].is_string());
}

TEST_F(CommandTest, NeverRepeatsASecret) {
  Run({"--speed", "20", "--job-count", "2", "--trial", "work", "--json", Path("report"), "--",
       "/bin/sh", "-c",
       "echo \"$KONDADO_TOKEN\" >&2; echo $KONDADO_TOKEN > $KONDOR_OUTPUT; " +
           std::string("exec ") + KONDOR_JUDGE_CLIENT + " says_its_token"});
  EXPECT_THAT(Read("printed"), HasSubstr("credentials_leaked"));
  // A run of 48 letters would be one.
  for (const char* file : {"printed", "report"}) {
    EXPECT_THAT(Read(file), Not(testing::ContainsRegex("[A-Za-z]{40}"))) << file;
  }
}

TEST_F(CommandTest, HasNothingToJudgeOfAProgramThatCallsNobody) {
  const Ending ending = Run({"--trial", "work", "--job-count", "2", "--", "/bin/true"});
  EXPECT_EQ(ending.code, 3);
  EXPECT_THAT(Read("printed"), HasSubstr("it made no call to Kondado (exit 0)"));
}

TEST_F(CommandTest, UsageIsOneLineAndTwo) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"--"},
      {"python3", "x.py"},
      {"--trial", "nonsense", "--", "true"},
      {"--speed", "0", "--", "true"},
      {"--readings", "some", "--", "true"},
      {"--set", "kondado.window", "--", "true"},
      {"--set", "kondado.window=nonsense", "--", "true"},
      {"--set", "nonsense.window=gcra", "--", "true"},
      {"--job-count", "0", "--", "true"},
      {"--nonsense", "--", "true"},
      {"--", "/nowhere/at/all"},
  };
  for (const std::vector<std::string>& arguments : wrong) {
    const Ending ending = Run(arguments);
    EXPECT_EQ(ending.code, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(ending.last_words, HasSubstr("kondor-check client: "));
    EXPECT_THAT(ending.last_words, Not(HasSubstr("\n"))) << testing::PrintToString(arguments);
  }
}

TEST_F(CommandTest, TargetsThatDoNotAnswerAreNothingToJudge) {
  EXPECT_EQ(Run({"--target", "http://127.0.0.1:1", "--", "true"}).code, 3);
  EXPECT_EQ(Run({"--target", "nonsense", "--", "true"}).code, 2);
}

TEST_F(CommandTest, AMockThatGoesAwayTakesNoReportWithIt) {
  const std::unique_ptr<MockServer> mock = MockServer::Create({}).value();
  ASSERT_TRUE(mock->Start());
  // The first trial is judged; in the second one the program has the mock ended.
  const std::string bell = Path("bell");
  ASSERT_EQ(::mkfifo(bell.c_str(), 0600), 0);
  std::jthread undertaker([&] {
    std::ifstream heard(bell);  // waits for somebody to open its other end
    mock->Stop();
  });
  const Ending ending =
      Run({"--target", mock->url(), "--jobs", "1", "--speed", "20", "--job-count", "1", "--trial",
           "work", "--trial", "token_replaced", "--json", Path("report"), "--", "/bin/sh", "-c",
           "[ $KONDOR_TRIAL = work ] || : > " + bell + "; exec \"$0\" good", KONDOR_JUDGE_CLIENT});
  EXPECT_EQ(ending.code, 3) << ending.last_words;
  EXPECT_THAT(Read("printed"), HasSubstr("1 passed, 0 failed, 1 skipped"));
  EXPECT_THAT(Read("printed"), Not(HasSubstr("PASS")));
  const Json report = Json::parse(Read("report"), nullptr, false);
  EXPECT_EQ(report["interrupted"], true);
  EXPECT_EQ(report["verdict"], "interrupted");
  const Descriptor rung(::open(bell.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));  // in any case
}

TEST_F(CommandTest, AnUnreadableOutputIsTheOnlyThingSaidOfIt) {
  Run({"--speed", "20", "--job-count", "2", "--trial", "work", "--json", Path("report"), "--",
       "/bin/sh", "-c", "\"$0\" good; rm -f \"$KONDOR_OUTPUT\"; mkdir \"$KONDOR_OUTPUT\"",
       KONDOR_JUDGE_CLIENT});
  const Json report = Json::parse(Read("report"), nullptr, false);
  EXPECT_EQ(report["findings"].size(), 1U) << report["findings"].dump(1);
  EXPECT_THAT(report["findings"].dump(), HasSubstr("KONDOR_OUTPUT cannot be read"));
}

TEST_F(CommandTest, CallsToNowhereAreNothingToJudge) {
  const Ending ending =
      Run({"--speed", "20", "--job-count", "2", "--trial", "qondor_work", "--", "/bin/sh", "-c",
           "curl -s -H \"Ocp-Apim-Subscription-Key: $QONDOR_SUBSCRIPTION_KEY\" "
           "$QONDOR_BASE_URL/Customer/v1/Customer/GetAll"});
  EXPECT_EQ(ending.code, 3) << ending.last_words;
  EXPECT_THAT(Read("printed"), HasSubstr("answered with 404"));
}

TEST_F(CommandTest, ATargetIsAMockAndGetsItsSandboxBack) {
  const auto mock = MockServer::Create({});
  ASSERT_TRUE(mock && (*mock)->Start());
  const Ending ending =
      Run({"--target", (*mock)->url(), "--speed", "20", "--job-count", "2", "--trial", "work",
           "--trial", "token_replaced", "--", KONDOR_JUDGE_CLIENT, "good"});
  EXPECT_EQ(ending.code, 0) << ending.last_words;
  const Json left = Json::parse((*mock)->Call("GET", "/_kondor/sandboxes").body);
  EXPECT_EQ(left["sandboxes"].size(), 1U);  // the default one
  // A vendor's address is no control API.
  const Ending vendor = Run({"--target", (*mock)->url() + "/k2", "--", "true"});
  EXPECT_EQ(vendor.code, 3);
  EXPECT_THAT(vendor.last_words, HasSubstr("is no kondor-mock"));
}

TEST_F(CommandTest, AFullDiskIsToldInOneLine) {
  const Ending ending = Run({"--speed", "20", "--job-count", "1", "--trial", "work", "--json",
                             "/dev/full", "--", KONDOR_JUDGE_CLIENT, "good"});
  EXPECT_EQ(ending.code, 1);
  EXPECT_THAT(ending.last_words, HasSubstr("cannot be written"));
  EXPECT_THAT(Read("printed"), HasSubstr("PASS"));
}

TEST_F(CommandTest, CtrlCEndsTheProgramAndKeepsTheReport) {
  const std::string program =
      "echo $$ > " + Path("pid") + "; exec " + KONDOR_JUDGE_CLIENT + " never_ends_whatever_is_said";
  const std::string all = std::string(KONDOR_CHECK) + " client --trial work --json " +
                          Path("report") + " -- sh -c '" + program + "' > " + Path("printed") +
                          " & while ! [ -s " + Path("pid") +
                          " ]; do sleep 0.05; done; kill -INT $!; wait $!";
  ChildOptions options;
  options.command = {"/bin/bash", "-m", "-c", all};  // -m: or SIGINT is ignored in the background
  options.time_limit = std::chrono::seconds(25);
  const Result<Ending> ending = RunChild(options, [] { return GoOn::kYes; });
  ASSERT_TRUE(ending);
  EXPECT_EQ(ending->code, 1) << Describe(*ending);
  EXPECT_THAT(Read("printed"), HasSubstr("interrupted"));
  EXPECT_EQ(Json::parse(Read("report"), nullptr, false)["interrupted"], true);
  pid_t pid = 0;
  std::ifstream(Path("pid")) >> pid;
  ASSERT_GT(pid, 1);
  EXPECT_NE(::kill(pid, 0), 0);
}

}  // namespace
}  // namespace kondor::judge
