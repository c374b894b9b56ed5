// kondor-call kondado status and model: one call for each id, shown whatever comes of the others.
#include "tests/client/command/surroundings.h"

namespace kondor::client {
namespace {

TEST(CallStatus, StatusesStandInATable) {
  const Mock mock;
  const auto called = Call({"kondado", "status", "2040", "2041", "2047", "--strategy", "none"},
                           {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(called.code, 0) << called.err;
  EXPECT_EQ(called.out,
            "PIPELINE  STATUS                                       RUNNING  ACTIVE  BLOCKED  "
            "MESSAGE\n"
            "2040      active                                       no       yes     no\n"
            "2041      running                                      yes      yes     no\n"
            "2047      too_many_consecutive_failed_builds__blocked  no       no      yes      "
            "Password authentication failed\n");
  EXPECT_EQ(called.err, "");
}

TEST(CallStatus, WithJsonEachIsALineOfItsOwn) {
  const Mock mock;
  const auto called = Call({"kondado", "status", "2040", "2045", "--json", "--strategy", "none"},
                           {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(called.code, 0);
  EXPECT_EQ(called.out,
            "{\"pipeline_id\":2040,\"status\":\"active\",\"is_running\":false,\"is_active\":true,"
            "\"is_blocked\":false,\"raw_msg\":null}\n"
            "{\"pipeline_id\":2045,\"status\":\"error_building_tables\",\"is_running\":false,"
            "\"is_active\":true,\"is_blocked\":false,"
            "\"raw_msg\":\"Column amount does not exist in table invoices\"}\n");
}

TEST(CallStatus, ModelsHaveATableOfTheirOwn) {
  const Mock mock;
  const auto called = Call({"kondado", "model", "162", "164", "--strategy", "none"},
                           {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(called.code, 0) << called.err;
  EXPECT_EQ(called.out,
            "MODEL  STATUS     RUNNING  ACTIVE  KUBO\n"
            "162    active     no       yes     operational\n"
            "164    scheduled  no       yes     rebuilding\n");
}

TEST(CallStatus, AnIdThatIsUnknownDoesNotSpoilTheOthers) {
  const Mock mock;
  const std::vector<std::string> words = {"kondado", "status",     "2040", "999",
                                          "2041",    "--strategy", "none"};
  const auto text = Call(words, {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(text.code, 6);
  EXPECT_NE(text.out.find("2040"), std::string::npos);
  EXPECT_NE(text.out.find("2041"), std::string::npos);
  EXPECT_EQ(text.err, "kondor-call: 999: Kondado: There is no pipeline with this id.\n");

  auto json_words = words;
  json_words.emplace_back("--json");
  const auto json = Call(json_words, {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(json.code, 6);
  EXPECT_EQ(json.err, "");
  EXPECT_NE(json.out.find("{\"pipeline_id\":999,\"error\":\"not_found\",\"code\":\"NOT_FOUND\","
                          "\"message\":\"Kondado: There is no pipeline with this id.\","
                          "\"tries\":1,\"maybe_carried_out\":false,\"exit_code\":6}\n"),
            std::string::npos)
      << json.out;
}

TEST(CallStatus, WhatWouldFailForAllIsNotAskedAgain) {
  const Mock mock;
  auto environment = EnvironmentAt(mock.url());
  environment[2] = "KONDADO_TOKEN=wrong";
  const auto text =
      Call({"kondado", "status", "2040", "2041", "2042"}, {.environment = environment});
  EXPECT_EQ(text.code, 4);
  EXPECT_EQ(text.out, "");
  EXPECT_NE(text.err.find("kondor-call: not asked for: 2041 2042\n"), std::string::npos)
      << text.err;
  const auto json =
      Call({"kondado", "status", "2040", "2041", "--json"}, {.environment = environment});
  EXPECT_NE(json.out.find("{\"pipeline_id\":2041,\"error\":\"not_asked\",\"code\":\"\","
                          "\"message\":\"what failed before would fail here, too\",\"tries\":0,"
                          "\"maybe_carried_out\":false,\"exit_code\":4}\n"),
            std::string::npos)
      << json.out;
}

// This strategy waits 3.2 s for the second call, which does not fit.
TEST(CallStatus, TheTimeIsForAllOfIt) {
  const Mock mock;
  const auto called =
      Call({"kondado", "status", "2040", "2041", "--timeout", "3", "--strategy", "pace_3.2"},
           {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(called.code, 11);
  EXPECT_NE(called.out.find("2040      active"), std::string::npos) << called.out;
  EXPECT_EQ(called.out.find("2041"), std::string::npos);
  EXPECT_NE(called.err.find("the limits leave no room for another "), std::string::npos)
      << called.err;
  EXPECT_NE(called.err.find("--timeout"), std::string::npos) << called.err;
}

TEST(CallStatus, ExplainSaysWhatWasWaitedFor) {
  const Mock mock;
  const auto called = Call({"kondado", "status", "2040", "2041", "--explain"},
                           {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(called.code, 0) << called.err;
  EXPECT_NE(called.err.find(" s, 2040, try 1: may go at once\n"), std::string::npos) << called.err;
  EXPECT_NE(called.err.find(" s, 2041: waits, because the limits leave no room for another "),
            std::string::npos)
      << called.err;
  EXPECT_NE(called.err.find("of waiting for the limits (strategy default)\n"), std::string::npos);
  const auto json = Call({"kondado", "status", "2040", "--explain", "--json"},
                         {.environment = EnvironmentAt(mock.url())});
  const std::string first = "{\"step\":\"entered\",\"at_s\":";
  ASSERT_EQ(json.err.find(first), 0U) << json.err;
  EXPECT_GE(std::stod(json.err.substr(first.size())), 0) << json.err;
  EXPECT_NE(json.err.find(",\"pipeline_id\":2040,\"try\":1,\"took_s\":"), std::string::npos);
  EXPECT_NE(json.err.find("{\"step\":\"answered\",\"at_s\":"), std::string::npos);
}

TEST(CallStatus, OnATerminalProgressIsALineThatGoesAway) {
  const Mock mock;
  const auto called = Call({"kondado", "status", "2040", "2041", "--strategy", "none"},
                           {.environment = EnvironmentAt(mock.url()), .err = Stderr::kTerminal});
  EXPECT_EQ(called.code, 0);
  EXPECT_NE(called.err.find("\r\x1b[K2041  (2 of 2)"), std::string::npos) << called.err;
  EXPECT_TRUE(called.err.ends_with("\r\x1b[K")) << called.err;
}

TEST(CallStatus, AFullDiskIsToldOf) {
  const Mock mock;
  const auto called = Call({"kondado", "status", "2040"},
                           {.environment = EnvironmentAt(mock.url()), .stdout_file = "/dev/full"});
  EXPECT_EQ(called.code, 1);
  EXPECT_NE(called.err.find("stdout cannot be written to"), std::string::npos) << called.err;
}

// Nor may anything else take its place: what is printed would go into a socket, or a budget's file.
TEST(CallStatus, AClosedStdoutIsToldOf) {
  const Mock mock;
  for (const char* words : {"kondado status 2040", "--help"}) {
    Process call("/bin/sh", {"-c", std::string(KONDOR_CALL_PATH) + " " + words + " >&-"},
                 {.environment = EnvironmentAt(mock.url())});
    EXPECT_EQ(call.ExitCode(), 1) << words;
    EXPECT_NE(call.err().find("stdout cannot be written to"), std::string::npos) << call.err();
  }
}

}  // namespace
}  // namespace kondor::client
