#include "tests/scenarios/live/live_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <variant>

namespace kondor::live {
namespace {

using nlohmann::json;
using scenarios::VirtualSandbox;

class Rewriting final : public client::Transport {
 public:
  Rewriting(std::unique_ptr<client::Transport> inner, Rewrite rewrite)
      : inner_(std::move(inner)), rewrite_(std::move(rewrite)) {}

  std::variant<client::Response, client::TransportFault> Send(const client::Request& request,
                                                              Duration timeout,
                                                              std::stop_token stop) override {
    auto delivery = inner_->Send(request, timeout, std::move(stop));
    if (auto* response = std::get_if<client::Response>(&delivery)) rewrite_(request, *response);
    return delivery;
  }

 private:
  const std::unique_ptr<client::Transport> inner_;
  const Rewrite rewrite_;
};

class Down final : public client::Transport {
 public:
  std::variant<client::Response, client::TransportFault> Send(const client::Request&, Duration,
                                                              std::stop_token) override {
    return client::TransportFault{.message = "nobody answers there"};
  }
};

void Set(const char* name, const std::string& value) { setenv(name, value.c_str(), 1); }

void SetEnvironment(VirtualSandbox& sandbox, LiveCase::Tokens tokens) {
  const json& made = sandbox.credentials();
  Set("KONDADO_KEY", made["kondado"]["key"]);
  Set("KONDADO_TOKEN", made["kondado"]["token"]);
  Set("KONDADO_VIA_TOKEN", made["kondado"]["via_kondado_token"]);
  Set("KONDADO_BASE_URL", sandbox.Endpoint("/k2").http.base_url);
  Set("QONDOR_SUBSCRIPTION_KEY", made["qondor"]["test"]["primary_key"]);
  Set("QONDOR_BASE_URL", sandbox.Endpoint("/qondor/Test").http.base_url);
  unsetenv("KONDADO_SECOND_KEY");
  unsetenv("KONDADO_SECOND_TOKEN");
  if (tokens == LiveCase::Tokens::kOne) return;
  const json second =
      sandbox.Control("POST", "/kondado/tokens",
                      json{{"description", "second"}, {"user_id", 1}, {"kind", "user"}}.dump());
  Set("KONDADO_SECOND_KEY", second["key"]);
  Set("KONDADO_SECOND_TOKEN", second["token"]);
}

void CallBefore(VirtualSandbox& sandbox, int calls) {
  const json& made = sandbox.credentials()["kondado"];
  const auto http = client::MakeHttpTransport(sandbox.Endpoint("/k2").http);
  for (int i = 0; i < calls; ++i) {
    client::Request request{.path = "/parent_collections/dest"};
    request.query = {{"key", made["key"]}, {"token", made["token"]}};
    EXPECT_EQ((*http)->Send(request, std::chrono::seconds(10), {}).index(), 0U);
  }
  sandbox.Control("DELETE", "/journal");
}

}  // namespace

std::string NewFile(const std::string& name) {
  const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
  std::string file = std::string(test->test_suite_name()) + "-" + test->name() + "-" + name;
  std::ranges::replace(file, '/', '-');
  const std::string path = testing::TempDir() + "kondor-live-" + file;
  std::remove(path.c_str());
  return path;
}

LiveResult RunLive(const LiveCase& live) {
  VirtualSandbox sandbox(live.settings.is_null() ? json::object() : live.settings, live.now);
  SetEnvironment(sandbox, live.tokens);
  CallBefore(sandbox, live.calls_before);
  RunOptions options = live.options;
  if (options.drift_file == RunOptions().drift_file) options.drift_file = NewFile("drift.json");
  auto prepared = Prepare(live.vendor, options);
  EXPECT_TRUE(prepared) << prepared.error().message;
  Surroundings surroundings{sandbox, sandbox};
  if (live.network == LiveCase::Network::kDown) {
    surroundings.transport = [](const std::string&) -> Result<std::unique_ptr<client::Transport>> {
      return std::unique_ptr<client::Transport>(std::make_unique<Down>());
    };
  } else if (live.rewrite) {
    surroundings.transport =
        [&](const std::string& url) -> Result<std::unique_ptr<client::Transport>> {
      auto http = client::MakeHttpTransport({.base_url = url});
      if (!http) return Unexpected(http.error());
      return std::unique_ptr<client::Transport>(
          std::make_unique<Rewriting>(std::move(*http), live.rewrite));
    };
  }
  auto outcome = Run(*prepared, options, surroundings);
  EXPECT_TRUE(outcome) << outcome.error().message;
  const int refused = sandbox.Count("rate_limited");
  const json all = sandbox.Control(
      "POST", "/verify", json{{"match", {{"method", "*"}}}, {"count", {{"at_least", 0}}}}.dump());
  return {std::move(*prepared), std::move(*outcome), refused, all.at("matched").get<int>(),
          sandbox.Passed()};
}

}  // namespace kondor::live
