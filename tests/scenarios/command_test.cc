// kondor-check as its user meets it: flags, exit codes, reports, targets of every kind, Ctrl-C.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <latch>
#include <sstream>

#include "mock_server/mock_server.h"
#include "scenarios/data/node.h"
#include "tests/scenarios/check_process.h"
#include "tests/scenarios/scripted_server.h"
#include "tests/scenarios/tls_server.h"

namespace kondor::scenarios {
namespace {

struct Ended {
  int code;
  std::string out, error;
};

Ended Ran(const std::vector<std::string>& flags) {
  CheckProcess process(flags);
  const int code = process.ExitCode();
  return {code, process.out(), process.error()};
}

class Check : public testing::Test {
 protected:
  Check()
      : folder_(std::filesystem::temp_directory_path() /
                ("kondor_check_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_ / "cases");
  }
  ~Check() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string CasesFolder() const { return Path("cases"); }

  void WriteCase(const std::string& name, const std::string& steps) const {
    std::ofstream(folder_ / "cases" / (name + ".json"))
        << R"({"about": "test", "scenarios": [{"name": "It holds", "rules": ["K9"], "steps": [)"
        << steps << "]}]}";
  }

  std::string Text(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(Path(name)).rdbuf();
    return text.str();
  }

 private:
  const std::filesystem::path folder_;
};

constexpr std::string_view kGood =
    R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 200}})";
constexpr std::string_view kWrong =
    R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 201}})";

TEST_F(Check, EndsWithZeroWhenAllHolds) {
  const Ended ended = Ran({"--rule", "K9", "--case", "kondado_api"});
  EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
  EXPECT_NE(ended.out.find(" passed, 0 failed, 0 skipped in "), std::string::npos);
  EXPECT_EQ(ended.error, "") << "no progress where there is no terminal";
  EXPECT_EQ(ended.out.find('\x1b'), std::string::npos) << "no colour either";
}

TEST_F(Check, EndsWithOneWhenSomethingFallsShort) {
  WriteCase("a", std::string(kWrong));
  const Ended ended = Ran({"--cases", CasesFolder()});
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.out.substr(0, 14), "FAIL  It holds");
}

TEST_F(Check, EndsWithTwoForWrongUsageInOneLine) {
  WriteCase("a", R"({"call": "k2 GET /x"})");
  for (const std::vector<std::string>& flags :
       {std::vector<std::string>{"--unknown"}, {"--rule", "K99"}, {"--cases", CasesFolder()}}) {
    const Ended ended = Ran(flags);
    EXPECT_EQ(ended.code, 2) << flags[0] << ended.error;
    EXPECT_EQ(ended.error.substr(0, 14), "kondor-check: ") << flags[0];
    EXPECT_EQ(std::count(ended.error.begin(), ended.error.end(), '\n'), 1) << ended.error;
  }
  EXPECT_NE(Ran({"--cases", CasesFolder()}).error.find("a.json:1:"), std::string::npos);
}

TEST_F(Check, EndsWithThreeWhenNothingCouldBeChecked) {
  EXPECT_EQ(Ran({"--filter", "nothing is called that"}).code, 3);
  EXPECT_EQ(Ran({"--list", "--filter", "nothing is called that"}).code, 3);
  const Ended refused = Ran({"--target", "http://127.0.0.1:1"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_NE(refused.error.find("nothing could be checked"), std::string::npos);
}

TEST_F(Check, EndsWithThreeWhenATargetSaysNothingOfUse) {
  const ScriptedServer silent({}, Afterwards::kKeepOpen);
  EXPECT_EQ(Ran({"--target", silent.url(), "--timeout-ms", "50"}).code, 3);
  const ScriptedServer rude({"\x1b[2J\a nonsense\r\n\r\n"}, Afterwards::kClose);
  const Ended tamed = Ran({"--target", rude.url()});
  EXPECT_EQ(tamed.code, 3);
  EXPECT_EQ(tamed.error.find_first_of("\x1b\a\r"), std::string::npos) << tamed.error;
  const std::string html = HttpAnswer("200 OK", "Content-Type: text/html\r\n", "<html></html>");
  const ScriptedServer web({html}, Afterwards::kKeepOpen);
  const Ended skipped = Ran({"--target", web.url(), "--case", "kondado_api"});
  EXPECT_EQ(skipped.code, 3) << skipped.out << skipped.error;
  EXPECT_NE(skipped.out.find("Kondor's control API"), std::string::npos);
}

TEST_F(Check, ACertificateThatIsNotTrustedIsTold) {
  struct Bad {
    TlsServer::Certificate certificate;
    std::string why;
    bool trusted;  // its issuer is
  };
  const std::vector<Bad> all = {{{}, "self-signed certificate", false},
                                {{"127.0.0.1", -60}, "certificate has expired", true},
                                {{"127.0.0.2", 3600}, "IP address mismatch", true}};
  for (const Bad& bad : all) {
    const TlsServer server(bad.certificate);
    std::ofstream(Path("ca.pem")) << server.pem();
    setenv("SSL_CERT_FILE", bad.trusted ? Path("ca.pem").c_str() : "/dev/null", 1);
    const Ended ended = Ran({"--target", server.url(), "--surface", "qondor"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_NE(ended.error.find(bad.why), std::string::npos) << ended.error;
    EXPECT_EQ(server.asked(), 0) << "nothing is said to whom nobody knows";
  }
  const TlsServer server({});
  std::ofstream(Path("ca.pem")) << server.pem();
  setenv("SSL_CERT_FILE", Path("ca.pem").c_str(), 1);
  const Ended ended = Ran({"--target", server.url(), "--surface", "qondor", "--filter",
                           "An unknown path, on any server of Qondor's"});
  unsetenv("SSL_CERT_FILE");
  EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
}

TEST_F(Check, OtherServersAreFailedForWhatTheyAnswer) {
  const std::string moved = HttpAnswer("302 Found", "Location: http://127.0.0.1:1/\r\n", "");
  const ScriptedServer server({moved, moved, moved, moved}, Afterwards::kKeepOpen);
  const Ended ended = Ran({"--target", server.url(), "--filter", "on any server of Qondor's"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.out.find("| 302"), std::string::npos) << ended.out;
}

TEST_F(Check, HelpVersionListAndCoverageEndWell) {
  EXPECT_NE(Ran({"--help"}).out.find("--target"), std::string::npos);
  EXPECT_EQ(Ran({"--version"}).out.substr(0, 13), "kondor-check ");
  const Ended list = Ran({"--list", "--rule", "KO2"});
  EXPECT_EQ(list.code, 0);
  EXPECT_NE(list.out.find("kondado_limits\tAfter a breach"), std::string::npos);
  EXPECT_EQ(Ran({"--coverage"}).out.substr(0, 7), "# Which");
}

TEST_F(Check, ChecksAKondorElsewhere) {
  const auto server = MockServer::Create({}).value();
  ASSERT_TRUE(server->Start());
  const Ended ended = Ran({"--target", server->url(), "--case", "kondado_tokens", "--jobs", "8"});
  EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
  EXPECT_NE(ended.out.find("against " + server->url()), std::string::npos);
}

TEST_F(Check, AKondorThatCountsInAnotherWayIsToldTheUsualOne) {
  MockServerOptions options;
  options.settings = {{"kondado.window", "gcra"}, {"kondado.auth_error", "401_envelope"}};
  const auto server = MockServer::Create(options).value();
  ASSERT_TRUE(server->Start());
  const Ended ended = Ran({"--target", server->url(), "--rule", "K4", "--rule", "KO6"});
  EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
}

TEST_F(Check, AControlTokenIsNeededWhereThereIsOne) {
  MockServerOptions options;
  options.control_token = "open-sesame";
  const auto server = MockServer::Create(options).value();
  ASSERT_TRUE(server->Start());
  const Ended outside = Ran({"--target", server->url(), "--rule", "K9"});
  EXPECT_EQ(outside.code, 3) << outside.out;
  EXPECT_NE(outside.error.find("--control-token"), std::string::npos) << outside.error;
  const Ended ended =
      Ran({"--target", server->url(), "--rule", "K9", "--control-token", "open-sesame"});
  EXPECT_EQ(ended.code, 0) << ended.out;
}

TEST_F(Check, WritesEveryReportItCan) {
  WriteCase("a", std::string(kGood));
  const Ended ended =
      Ran({"--cases", CasesFolder(), "--json", Path("r.json"), "--junit", "/no/such/folder/r.xml",
           "--tap", "/dev/full", "--html", Path("r.html")});
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(std::count(ended.error.begin(), ended.error.end(), '\n'), 2) << ended.error;
  EXPECT_EQ(Json::parse(Text("r.json"))["passed"], 1);
  EXPECT_EQ(Text("r.html").substr(0, 15), "<!doctype html>");
}

TEST_F(Check, WhatCannotBePrintedIsNoSuccess) {
  for (const std::string flags : {"--list --rule K9", "--rule K9", "--coverage", "client --list"}) {
    const std::string line = std::string(KONDOR_CHECK_PATH) + " " + flags + " > /dev/full 2> ";
    const int status = std::system((line + Path("error")).c_str());
    EXPECT_EQ(WEXITSTATUS(status), 1) << flags;
    EXPECT_EQ(Text("error").substr(0, 36), "kondor-check: what it prints cannot ") << flags;
  }
}

TEST_F(Check, PrintsNoSecret) {
  WriteCase("a", R"({"control": "POST /kondado/tokens", "body": {"description": "x", "user_id": 1},
    "expect": {"json": {"token": "known"}}})");
  WriteCase("b", R"({"call": "k2 GET /pipelines/2040/status", "expect": {"status": 201}})");
  WriteCase("c", R"({"call": "arm POST ${arm}/subscriptions/test/listSecrets?api-version=1",
    "expect": {"json": {"primaryKey": "known"}}})");
  const Ended ended = Ran({"--cases", CasesFolder(), "--json", Path("r.json"), "--html",
                           Path("r.html"), "--junit", Path("r.xml"), "--tap", Path("r.tap")});
  EXPECT_EQ(ended.code, 1);
  const std::string all =
      ended.out + ended.error + Text("r.json") + Text("r.html") + Text("r.xml") + Text("r.tap");
  std::size_t run = 0;
  bool digit = false;
  for (const char c : all) {
    run = std::isalnum(static_cast<unsigned char>(c)) != 0 ? run + 1 : 0;
    digit = run > 0 && (digit || std::isdigit(static_cast<unsigned char>(c)) != 0);
    ASSERT_FALSE(run >= 32 && digit) << all;
  }
  EXPECT_NE(all.find("${KONDADO_TOKEN}"), std::string::npos);
}

TEST_F(Check, RandomOrderManyRoundsAndShardsHold) {
  const Ended ended = Ran({"--case", "kondado_webhook_and_hub", "--shuffle", "--repeat", "3",
                           "--jobs", "16", "--seed", "42", "--shard", "1/2"});
  EXPECT_EQ(ended.code, 0) << ended.out;
  EXPECT_NE(ended.out.find("seed 42"), std::string::npos);
}

TEST_F(Check, CtrlCKeepsAPartialReport) {
  std::latch in_the_middle(20);
  std::atomic<int> calls{0};
  MockServerOptions options;
  options.on_call = [&](std::string_view) {
    if (++calls <= 20) in_the_middle.count_down();
  };
  const auto server = MockServer::Create(options).value();
  ASSERT_TRUE(server->Start());
  CheckProcess process({"--target", server->url(), "--repeat", "1000", "--case", "kondado_tokens",
                        "--json", Path("r.json"), "--jobs", "2"});
  in_the_middle.wait();
  process.Signal(SIGINT);
  EXPECT_EQ(process.ExitCode(), 1);
  const Json report = Json::parse(Text("r.json"));
  EXPECT_GT(report["passed"], 0);
  EXPECT_GT(report["not_played"], 0);
  EXPECT_EQ(report["failed"], 0);
  EXPECT_NE(process.out().find("not played (interrupted)"), std::string::npos);
  const std::string sandboxes = server->Call("GET", "/_kondor/sandboxes").body;
  EXPECT_EQ(sandboxes.find("\"name\""), sandboxes.rfind("\"name\"")) << "none is left behind";
}

}  // namespace
}  // namespace kondor::scenarios
