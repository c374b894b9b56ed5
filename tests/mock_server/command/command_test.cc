// kondor-mock as scripts know it: flags, ready line, port file, config, signals, exit codes.
#include <gtest/gtest.h>
#include <httplib.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/mock_server/command/mock_process.h"

namespace kondor {
namespace {

namespace fs = std::filesystem;

class Command : public testing::Test {
 protected:
  Command() {
    std::string pattern = (fs::temp_directory_path() / "kondor-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Command() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  static std::string Read(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  static int Status(int port, const std::string& target) {
    httplib::Client client("127.0.0.1", port);
    const auto reply = client.Get(target);
    return reply ? reply->status : 0;
  }
  static std::string Body(int port, const std::string& target) {
    httplib::Client client("127.0.0.1", port);
    const auto reply = client.Get(target);
    return reply ? reply->body : "";
  }
  // One line on stderr that names what must be named, and nothing on stdout.
  static void ExpectFailure(const std::vector<std::string>& flags, int code,
                            const std::string& says) {
    MockProcess mock(flags);
    EXPECT_EQ(mock.ExitCode(), code) << says;
    EXPECT_EQ(mock.out(), "") << says;
    EXPECT_NE(mock.err().find(says), std::string::npos) << mock.err();
    EXPECT_EQ(mock.err().find('\n'), mock.err().size() - 1) << mock.err();
  }

  fs::path folder_;
};

TEST_F(Command, SaysWhenItIsReadyAndThenAnswers) {
  MockProcess mock({"--port", "0"});
  EXPECT_EQ(mock.FirstLine().rfind("kondor-mock ready on http://127.0.0.1:", 0), 0U);
  EXPECT_EQ(Status(mock.Port(), "/_kondor/health"), 200);
  mock.Signal(SIGTERM);
  EXPECT_EQ(mock.ExitCode(), 0);
  EXPECT_EQ(mock.out().find('\n'), mock.out().size() - 1);  // no banner where nobody looks
}

TEST_F(Command, EndsOnSigintToo) {
  MockProcess mock({"--port", "0"});
  ASSERT_GT(mock.Port(), 0);
  mock.Signal(SIGINT);
  EXPECT_EQ(mock.ExitCode(), 0);
}

TEST_F(Command, EndsInGoodOrderUnderLoad) {
  MockProcess mock({"--port", "0"});
  const int port = mock.Port();
  ASSERT_GT(port, 0);
  std::atomic<int> answered = 0, broken = 0;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      httplib::Client client("127.0.0.1", port);
      client.set_keep_alive(true);
      for (int call = 0; call < 100'000; ++call) {
        const auto reply = client.Get("/k2/pipelines/2040/status");
        if (!reply) return;  // the server has gone
        ++answered;
        if (reply->status != 200 || reply->body.empty()) ++broken;
      }
    });
  }
  while (answered < 100) std::this_thread::yield();
  mock.Signal(SIGTERM);
  EXPECT_EQ(mock.ExitCode(), 0) << mock.err();
  clients.clear();
  EXPECT_EQ(broken, 0);  // what was answered was answered whole
}

TEST_F(Command, WritesThePortFileWhole) {
  const fs::path file = folder_ / "port";
  MockProcess mock({"--port", "0", "--port-file", file.string()});
  ASSERT_GT(mock.Port(), 0);
  EXPECT_EQ(Read(file), std::to_string(mock.Port()) + "\n");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);  // nothing left beside it
  mock.Signal(SIGTERM);
  EXPECT_EQ(mock.ExitCode(), 0);
  EXPECT_TRUE(
      fs::is_empty(folder_));  // nobody takes the port of a mock that is gone for a live one
}

TEST_F(Command, HelpAndVersionAreForStdout) {
  MockProcess help({"--help"});
  EXPECT_EQ(help.ExitCode(), 0);
  for (const char* flag :
       {"--host", "--port", "--port-file", "--config", "--seed-file", "--clock", "--log-format",
        "--log-level", "--trust-forwarded-for", "--control-token", "--set", "--no-request-id"}) {
    EXPECT_NE(help.out().find(flag), std::string::npos) << flag;
  }
  MockProcess version({"--version"});
  EXPECT_EQ(version.ExitCode(), 0);
  EXPECT_EQ(version.out().rfind("kondor-mock ", 0), 0U);
}

TEST_F(Command, WrongFlagsAreUsageErrors) {
  ExpectFailure({"--bogus"}, 2, "--bogus");
  ExpectFailure({"stray"}, 2, "stray");
  ExpectFailure({"--port"}, 2, "--port");
  ExpectFailure({"--port", "x"}, 2, "--port");
  ExpectFailure({"--port", "70707"}, 2, "--port");
  ExpectFailure({"--port", "-1"}, 2, "--port");
  ExpectFailure({"--clock", "sundial"}, 2, "real, manual");
  ExpectFailure({"--log-format", "xml"}, 2, "text, json");
  ExpectFailure({"--log-level", "loud"}, 2, "debug, info");
  ExpectFailure({"--set", "kondado.window"}, 2, "NAME=VALUE");
  ExpectFailure({"--set", "kondado.window=x"}, 2, "sliding_log");
  ExpectFailure({"--set", "nothing=x"}, 2, "kondado.window");
  ExpectFailure({"--set", "kondado.per_minute=-1"}, 2, "0 to");
  ExpectFailure({"--trust-forwarded-for", "10.0.0.0/33"}, 2, "10.0.0.0/33");
  ExpectFailure({"--host", "0.0.0.0"}, 2, "--control-token");
  ExpectFailure({"--control-token", ""}, 2, "--control-token");
  ExpectFailure({"--control-token=", "--port", "0"}, 2, "--control-token is empty");
  ExpectFailure({"--journal-bytes", "10"}, 2, "journal");
  ExpectFailure({"--journal-bytes", "-1"}, 2, "--journal-bytes");
  ExpectFailure({"--journal-bytes", "99999999999999999999"}, 2, "--journal-bytes");
  ExpectFailure({"--control-token", "a\nb"}, 2, "--control-token");
  ExpectFailure({"--seed-file", "/nonexistent"}, 2, "--seed-file");
  ExpectFailure({"--config", "/nonexistent"}, 2, "--config");
  ExpectFailure({"--config", folder_.string()}, 2, "--config");
}

TEST_F(Command, WhatTheMachineRefusesIsAFailure) {
  MockProcess first({"--port", "0"});
  const std::string port = std::to_string(first.Port());
  ExpectFailure({"--port", port}, 1, port);
  ExpectFailure({"--port", "0", "--port-file", "/nonexistent/port"}, 1, "--port-file");
  ExpectFailure({"--port", "0", "--host", "no-such-host.invalid", "--control-token", "x"}, 1,
                "no-such-host.invalid");
}

TEST_F(Command, TheConfigFileSaysTheSameAndFlagsWin) {
  const std::string config = Write("config.json", R"({
    "port": 0, "clock": "manual", "log_format": "json", "log_level": "debug",
    "trust_forwarded_for": ["127.0.0.0/8"], "no_request_id": true,
    "settings": {"kondado": {"window": "gcra", "per_minute": 7}}
  })");
  MockProcess mock({"--config", config, "--set", "kondado.window=token_bucket"});
  ASSERT_GT(mock.Port(), 0);
  const std::string sandbox = Body(mock.Port(), "/_kondor/sandboxes/default");
  EXPECT_NE(sandbox.find(R"("window": "token_bucket")"), std::string::npos) << sandbox;
  EXPECT_NE(sandbox.find(R"("per_minute": 7)"), std::string::npos);
  EXPECT_NE(sandbox.find(R"("mode": "manual")"), std::string::npos);
  httplib::Client client("127.0.0.1", mock.Port());
  const auto reply =
      client.Get("/k2/models/162/status", {{"X-Forwarded-For", "203.0.113.9, 127.0.0.2"}});
  ASSERT_TRUE(reply);
  EXPECT_FALSE(reply->has_header("Kondor-Request-Id"));
  EXPECT_NE(Body(mock.Port(), "/_kondor/sandboxes/default/journal").find("203.0.113.9"),
            std::string::npos);
  mock.Signal(SIGTERM);
  EXPECT_EQ(mock.ExitCode(), 0);
  // Debug: a line a call, as JSON, and no credentials in it.
  EXPECT_NE(mock.err().find(R"("level": "debug", "message": "k2 GET /models/162/status)"),
            std::string::npos)
      << mock.err();
}

TEST_F(Command, BadConfigsNameTheKeyOrThePlace) {
  const auto with = [this](const std::string& text) {
    return std::vector<std::string>{"--config", Write("c.json", text)};
  };
  ExpectFailure(with(R"({"prt": 1})"), 2, "/prt");
  ExpectFailure(with(R"({"port": "x"})"), 2, "/port");
  ExpectFailure(with(R"({"port": 70707})"), 2, "/port");
  ExpectFailure(with(R"({"trust_forwarded_for": [1]})"), 2, "/trust_forwarded_for");
  ExpectFailure(with(R"({"settings": {"kondado": {"window": null}}})"), 2, "window");
  ExpectFailure(with("{\n  \"port\": 1,\n}"), 2, "line 3");
  ExpectFailure(with(""), 2, "line 1");
  ExpectFailure(with(std::string(100'000, '[')), 2, "nested");
  ExpectFailure(with("\xff\xfe"), 2, "line 1");
  ExpectFailure(with(R"({"port": 0, "port": 1})"), 2, "twice");
  MockProcess leaky(with(R"({"port": 0, "control_token": "correct-horse)"));
  EXPECT_EQ(leaky.ExitCode(), 2);
  EXPECT_EQ(leaky.err().find("correct-horse"), std::string::npos) << leaky.err();
}

TEST_F(Command, ASeedFileReplacesTheSeedAndABadOneIsRefusedWithThePlace) {
  const std::string good = Write("seed.json", R"({"kondado": {
    "pipelines": [{"id": 7, "status": "active"}],
    "users": [{"id": 5, "permissions": ["read_pipelines"]}],
    "tokens": [{"user_id": 5, "key": "my-key", "token": "my-token"}]
  }})");
  MockProcess mock({"--port", "0", "--seed-file", good});
  ASSERT_GT(mock.Port(), 0);
  EXPECT_NE(Body(mock.Port(), "/k2/pipelines/7/status?key=my-key&token=my-token").find("active"),
            std::string::npos);
  const auto with = [this](const std::string& text) {
    return std::vector<std::string>{"--seed-file", Write("bad.json", text)};
  };
  ExpectFailure(with(R"({"kondado": {"pipelines": [{"id": 7, "status": "asleep"}]}})"), 2,
                "/kondado/pipelines/0/status");
  ExpectFailure(with(R"({"kondado": {"tokens": [{"user_id": 9}]}})"), 2,
                "/kondado/tokens/0/user_id");
  ExpectFailure(with(R"({"kondado": {"pipeline": []}})"), 2, "/kondado/pipeline");
  ExpectFailure(with(R"({"kondado": {"models": [{"id": 1}, {"id": 1}]}})"), 2,
                "/kondado/models/1/id");
  ExpectFailure(with(R"({"kondado": {"pipelines": [{"id": 7, "status")"), 2, "line 1");
  ExpectFailure(with(""), 2, "empty");
}

TEST_F(Command, TheControlTokenComesFromTheEnvironmentToo) {
  MockProcess mock({"--port", "0"}, {"KONDOR_CONTROL_TOKEN=let-me-in"});
  ASSERT_GT(mock.Port(), 0);
  EXPECT_EQ(Status(mock.Port(), "/_kondor/sandboxes"), 401);
  EXPECT_EQ(Status(mock.Port(), "/_kondor/health"), 200);
  httplib::Client client("127.0.0.1", mock.Port());
  const auto reply = client.Get("/_kondor/sandboxes", {{"Authorization", "Bearer let-me-in"}});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
}

}  // namespace
}  // namespace kondor
