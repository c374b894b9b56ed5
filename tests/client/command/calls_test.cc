// kondor-call's other commands, each against the mock.
#include <csignal>

#include "tests/client/command/surroundings.h"

namespace kondor::client {
namespace {

class CallOthers : public testing::Test {
 protected:
  Called AtMock(const std::vector<std::string>& words, const std::string& input = "") const {
    return Call(words, {.environment = EnvironmentAt(mock_.url()), .input = input});
  }
  // Exit code 0, and that on stdout.
  void ExpectOut(const std::vector<std::string>& words, const std::string& says) const {
    const Called called = AtMock(words);
    EXPECT_EQ(called.code, 0) << called.err;
    EXPECT_NE(called.out.find(says), std::string::npos) << called.out;
  }

  const Mock mock_{{"--set", "kondado.plan=enterprise"}};
};

TEST_F(CallOthers, ListsOfKondado) {
  ExpectOut({"kondado", "collections", "src"},
            "76  Google Ads  2023-02-14T12:05:31.120Z  https://");
  ExpectOut({"kondado", "collections", "dest", "--json"}, "{\"id\":20,\"name\":\"PostgreSQL\"");
  ExpectOut({"kondado", "pipelines", "76"}, "284  Accounts   no        2023");
}

TEST_F(CallOthers, AnInvitationPrintsItsLink) {
  const auto called = AtMock({"kondado", "invite", "--client-id", "42", "--email", "a@example.com",
                              "--collection", "76", "--direction", "src", "--name", "Theirs"});
  EXPECT_EQ(called.code, 0) << called.err;
  EXPECT_EQ(called.out.find("http"), 0U) << called.out;
}

TEST_F(CallOthers, AnyPathOfKondado) {
  ExpectOut({"kondado", "get", "/pipelines/2040/status"},
            "{\n  \"2040\": {\n    \"status\": \"active\",\n");
  ExpectOut({"kondado", "post", "/pipelines/2040/run", "--json"}, "{\"success\":true}\n");
}

TEST(CallJson, IsLaidOutLetterForLetter) {
  const Stub stub(
      {200, R"({"z":[],"a":{ },"t":"x \\\"{,","n":12345678901234567890.10,"l":[1,[2]]})"});
  const std::vector<std::string> words = {"kondado", "get", "/x"};
  EXPECT_EQ(
      Call(words, {.environment = EnvironmentAt(stub.url())}).out,
      "{\n  \"z\": [],\n  \"a\": {},\n  \"t\": \"x \\\\\\\"{,\",\n"
      "  \"n\": 12345678901234567890.10,\n  \"l\": [\n    1,\n    [\n      2\n    ]\n  ]\n}\n");
  EXPECT_EQ(
      Call({"kondado", "get", "/x", "--json"}, {.environment = EnvironmentAt(stub.url())}).out,
      R"({"z":[],"a":{},"t":"x \\\"{,","n":12345678901234567890.10,"l":[1,[2]]})"
      "\n");
}

TEST_F(CallOthers, ARowFromStdinOrAFile) {
  const auto from_stdin = AtMock({"kondado", "webhook", "2040"}, R"({"a": 1})");
  EXPECT_EQ(from_stdin.code, 0) << from_stdin.err;
  EXPECT_EQ(from_stdin.out, "pipeline 2040 has stored the row\n");
  const Folder folder;
  const auto from_file = AtMock(
      {"kondado", "webhook", "2040", "--json", "--body", folder.Write("row.json", "{\"a\": 1}")});
  EXPECT_EQ(from_file.out, "{\"pipeline_id\":2040,\"stored\":true}\n") << from_file.err;
  EXPECT_EQ(AtMock({"kondado", "webhook", "2040"}, "{").code, 2);
  EXPECT_EQ(AtMock({"kondado", "webhook", "2040"}, "").code, 2);
  EXPECT_EQ(AtMock({"kondado", "webhook", "2040", "--body", "/nonexistent"}).code, 2);
  EXPECT_EQ(AtMock({"kondado", "webhook", "999"}, "{}").code, 6);
}

// A shell without job control has its background jobs ignore SIGINT; asked to stop they still do.
TEST(CallInput, ControlCEndsTheReadingOfStdin) {
  for (const char* format : {"--json", "--explain"}) {
    Process call(
        "/bin/sh",
        {"-c", "trap '' INT; exec \"$0\" kondado webhook 7 \"$1\"", KONDOR_CALL_PATH, format},
        {.environment = EnvironmentAt("http://127.0.0.1:1"), .in = Stdin::kTerminal});
    ASSERT_TRUE(call.SaysOnErr("reading JSON")) << call.err();
    call.Signal(SIGINT);
    EXPECT_EQ(call.ExitCode(), 130);
    EXPECT_NE((call.out() + call.err()).find("nothing was sent"), std::string::npos) << call.err();
    EXPECT_EQ(call.out().find("{\"pipeline_id\":7,\"error\":\"cancelled\"") == 0,
              format == std::string("--json"))
        << call.out();
  }
}

TEST_F(CallOthers, TablesOfTheHub) {
  ExpectOut({"hub", "tables"}, "sales_by_month        502  kubo      162     main\n");
  ExpectOut({"hub", "table", "sales_by_month", "--json"},
            "[{\"month\":\"2026-01\",\"orders\":412,\"revenue\":18240.9},");
  ExpectOut({"hub", "table", "sales_by_month", "--decimals", "comma"}, "\"revenue\": \"18240,9\"");
  EXPECT_EQ(AtMock({"hub", "table", "no/such table"}).code, 6);
}

TEST_F(CallOthers, QondorInTheEnvironmentThatWasAskedFor) {
  ExpectOut({"qondor", "GET", "/Project/v1/Project/GetAll", "--json"}, "DEMO-PROD");
  // The production's keys do not open Test.
  EXPECT_EQ(AtMock({"qondor", "get", "/Project/v1/Project/GetAll", "--environment", "test"}).code,
            4);
  EXPECT_EQ(AtMock({"qondor", "GET", "/Nothing/v1/Here"}).code, 6);
}

TEST_F(CallOthers, QondorWithParametersAndABody) {
  const Folder folder;
  const std::string project = folder.Write("p.json", R"({"officeId": 52, "name": "Harvest"})");
  const auto created = AtMock({"qondor", "POST", "/Project/v1/Project", "--body", project});
  EXPECT_EQ(created.code, 0) << created.err;
  EXPECT_NE(created.out.find("\"name\": \"Harvest\""), std::string::npos) << created.out;
  const auto found = AtMock({"qondor", "GET", "/Offer/v1/Offer/GetAllForProject", "--query",
                             "projectId=30001", "--json"});
  EXPECT_EQ(found.code, 0) << found.err;
  EXPECT_EQ(found.out.front(), '[');
}

TEST_F(CallOthers, ARotatedPrimaryKeyLosesNoCallAndIsToldOf) {
  auto environment = EnvironmentAt(mock_.url());
  environment[5] = "QONDOR_SUBSCRIPTION_KEY=00000000000000000000000000000000";
  const auto called =
      Call({"qondor", "GET", "/Project/v1/Project/GetAll", "--json"}, {.environment = environment});
  EXPECT_EQ(called.code, 0) << called.err;
  EXPECT_NE(called.err.find("the secondary one is used"), std::string::npos) << called.err;
}

TEST_F(CallOthers, EveryStrategyCanBeChosen) {
  for (const char* name : {"none", "hint", "pace_1.0", "pace_1.05", "pace_3.2", "token_bucket",
                           "gcra", "fixed_window", "sliding_log_send", "sliding_log_response",
                           "aimd", "aws_adaptive", "sre_adaptive", "full_jitter", "default"}) {
    EXPECT_EQ(AtMock({"kondado", "status", "2040", "--strategy", name}).code, 0) << name;
  }
}

}  // namespace
}  // namespace kondor::client
