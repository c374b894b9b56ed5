// kondor-call's usage: help, version, and one line for whatever was typed wrong.
#include "tests/client/command/surroundings.h"

namespace kondor::client {
namespace {

TEST(CallUsage, HelpAndVersionAreForStdout) {
  const auto help = Call({"--help"}, {});
  EXPECT_EQ(help.code, 0);
  for (const char* text : {"--strategy", "--json", "--explain", "--timeout", "--try-timeout",
                           "--tries", "--credentials", "--base-url", "--version", "kondado", "hub",
                           "qondor", "Examples:", "kondor-call kondado run 2040 --wait",
                           "KONDADO_VIA_TOKEN", "Exit codes:", "130  cancelled"}) {
    EXPECT_NE(help.out.find(text), std::string::npos) << text;
  }
  EXPECT_EQ(help.err, "");
  const auto run = Call({"kondado", "run", "--help"}, {});
  EXPECT_NE(run.out.find("--wait"), std::string::npos);
  const auto version = Call({"--version"}, {});
  EXPECT_EQ(version.code, 0);
  EXPECT_EQ(version.out.find("kondor-call 0."), 0U) << version.out;
}

TEST(CallUsage, WhatIsTypedWrongIsSaidInOneLine) {
  const auto refused = [](const std::vector<std::string>& words, const std::string& says) {
    const auto called = Call(words, {.environment = EnvironmentAt("http://127.0.0.1:1")});
    EXPECT_EQ(called.code, 2) << says;
    EXPECT_EQ(called.out, "");
    EXPECT_NE(called.err.find(says), std::string::npos) << called.err;
    EXPECT_EQ(called.err.find('\n'), called.err.size() - 1) << called.err;
  };
  refused({}, "--help");
  refused({"kondado"}, "subcommand");
  refused({"kondado", "stop", "7"}, "kondado has no command \"stop\"; it has status, run, model,");
  refused({"kondado", "d3m0A9fK"}, "kondado has no such command; it has status,");
  refused({"kondado", "--bogus"}, "there is no flag --bogus;");
  refused({"bogus"}, "kondor-call has no command \"bogus\"; it has kondado, hub, qondor;");
  refused({"hub", "table-names", "--json"}, "hub has no command \"table-names\"; it has tables,");
  refused({"kondado", "status"}, "ID");
  refused({"kondado", "run", "7", "8"}, "ID");
  refused({"kondado", "run", "7", "--wait", "--interval", "0"}, "--interval");
  refused({"kondado", "run", "7", "--interval", "5"}, "--interval requires --wait");
  refused({"kondado", "collections", "up"}, "src");
  refused({"kondado", "get", "pipelines"}, "slash");
  refused({"kondado", "get", "/x?y=1"}, "parameters apart");
  refused({"kondado", "get", "/x", "--query", "y"}, "NAME=VALUE");
  refused({"kondado", "invite", "--client-id", "1"}, "required");
  refused({"qondor", "PATCH", "/x"}, "GET");
  refused({"qondor", "GET", "/Prod/Project/v1/Project/GetAll"}, "--environment");
  refused({"qondor", "GET", "/x", "--environment", "moon"}, "prod");
  refused({"kondado", "status", "7", "--strategy", "hope"}, "sliding_log_response");
  refused({"kondado", "status", "7", "--timeout", "0"}, "--timeout");
  refused({"kondado", "status", "7", "--timeout", "nan"}, "--timeout");
  refused({"kondado", "status", "7", "--tries", "0"}, "--tries");
  refused({"kondado", "status", "7", "--bogus"}, "--bogus");
  refused({"kondado", "status", "7", "--credentials", "/nonexistent"}, "/nonexistent");
  // A variable that was not set must not mean the vendor, or no budget.
  refused({"kondado", "status", "7", "--base-url", ""}, "--base-url");
  refused({"kondado", "status", "7", "--budget", ""}, "--budget");
  refused({"kondado", "status", "7", "--credentials", ""}, "--credentials");
  refused({"kondado", "run", "7", "--budget=", "--wait"}, "--budget is empty");
  refused({"kondado", "status", "7", "--budget=", "--timeout", "5"}, "--budget is empty");
  refused({"kondado", "status", "7", "--timeout="}, "--timeout is empty");
  refused({"kondado", "status", "7", "--budget-name", "x"}, "redis://");
  refused({"kondado", "status", "7", "--budget", "file", "--if-budget-lost", "pace"}, "redis://");
  refused({"kondado", "status", "7", "--budget", "redis://h", "--if-budget-lost", "hope"}, "pace");
  refused({"kondado", "status", "7", "--budget", "redis://h", "--budget-workers", "2"},
          "--if-budget-lost pace");
  refused({"kondado", "get", "/../x"}, "segment");
}

// There would be one to send it to.
TEST(CallUsage, AnIdThatIsNoneIsNotSent) {
  int calls = 0;
  {
    const Stub stub([&](const std::string&) {
      ++calls;
      return Stub::Reply{200, StatusBody(7, "active")};
    });
    const auto environment = EnvironmentAt(stub.url());
    for (const char* id : {"0", "-7", "", " ", "../x", "2040 ", " 7", "abc", "%37", "7%", "+7",
                           "7.0", "0x7", "7,8", "-", "7\n", "99999999999999999999999"}) {
      for (const char* verb : {"status", "run", "model", "pipelines", "webhook"}) {
        const auto called =
            Call({"kondado", verb, id}, {.environment = environment, .input = "{}"});
        EXPECT_EQ(called.code, 2) << id;
        EXPECT_EQ(called.out, "");
        EXPECT_EQ(called.err,
                  "kondor-call: ID has to be a whole number from 1 to 9223372036854775807, in "
                  "digits alone; --help lists the commands\n");
      }
    }
    const auto third = Call({"kondado", "status", "7", "8", "9x"}, {.environment = environment});
    EXPECT_EQ(third.err.find("kondor-call: the third ID has to be a whole number"), 0U)
        << third.err;
    const auto collection = Call({"kondado", "invite", "--client-id", "1", "--email", "a@b",
                                  "--direction", "src", "--name", "n", "--collection", "-7"},
                                 {.environment = environment});
    EXPECT_EQ(collection.err.find("kondor-call: --collection has to be a whole number"), 0U)
        << collection.err;
  }
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace kondor::client
