// A manual sandbox "w" of a server that also listens, and short ways to put fault scripts into it.
// Not thread-safe: a test's own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/mock_server.h"
#include "tests/mock_server/http/raw_client.h"

namespace kondor {

class FaultWorld : public testing::Test {
 protected:
  using json = nlohmann::json;
  using Headers = std::vector<std::pair<std::string, std::string>>;

  FaultWorld() : server_(MockServer::Create({}).value()) {
    MakeSandbox(R"({"name": "w", "clock": {"mode": "manual", "now": "2026-01-01T00:00:00Z"}})");
    LiftLimits();
  }

  void MakeSandbox(const std::string& body) {
    server_->Call("DELETE", "/_kondor/sandboxes/w");
    const LocalReply made = server_->Call("POST", "/_kondor/sandboxes", body);
    ASSERT_EQ(made.status, 201) << made.body;
    const json object = json::parse(made.body);
    credentials_ = "key=" + object["kondado"]["key"].get<std::string>() +
                   "&token=" + object["kondado"]["token"].get<std::string>();
    via_ = object["kondado"]["via_kondado_token"];
    prod_key_ = object["qondor"]["production"]["primary_key"];
    test_key_ = object["qondor"]["test"]["primary_key"];
  }

  // --- the control API
  LocalReply Control(const std::string& method, const std::string& rest,
                     const std::string& body = {}) {
    return server_->Call(method, "/_kondor/sandboxes/w" + rest, body);
  }
  json ControlJson(const std::string& method, const std::string& rest,
                   const std::string& body = {}) {
    const LocalReply reply = Control(method, rest, body);
    EXPECT_LT(reply.status, 300) << method << " " << rest << "\n" << reply.body;
    return json::parse(reply.body, nullptr, false);
  }
  void LiftLimits() {
    ControlJson("PATCH", "/settings", R"({"kondado": {"per_second": 0, "per_minute": 0}})");
  }
  void Advance(std::int64_t ms) {
    ControlJson("POST", "/clock/advance", R"({"ms": )" + std::to_string(ms) + "}");
  }
  // The id.
  std::string AddScript(const std::string& script) {
    return ControlJson("POST", "/faults", script)["id"];
  }
  // One script that plays `steps` ({"fault": ...}, {...}) to every call.
  std::string Play(const std::string& steps) { return AddScript(R"({"play": [)" + steps + "]}"); }
  json Faults() { return ControlJson("GET", "/faults"); }
  json LastEntry() { return ControlJson("GET", "/journal?limit=10000")["entries"].back(); }
  json Explained(const json& entry) {
    return ControlJson("GET", "/journal/" + std::to_string(entry["id"].get<int>()));
  }
  std::string StatusOfPipeline(int id) {
    return ControlJson("GET", "/kondado/pipelines/" + std::to_string(id))["status"];
  }

  // --- the vendors
  std::string K2Target(const std::string& path) const {
    return "/@w/k2" + path + "?" + credentials_;
  }
  LocalReply K2(const std::string& method, const std::string& path) {
    return server_->Call(method, K2Target(path));
  }
  LocalReply Qondor(const std::string& method, const std::string& path,
                    const std::string& body = {}) {
    return server_->Call(
        method, "/@w/qondor" + path, body,
        {{"Ocp-Apim-Subscription-Key", path.substr(0, 5) == "/Prod" ? prod_key_ : test_key_}});
  }
  static std::string ArmPath(const std::string& rest) {
    return "/subscriptions/7b6cbe9c-0000-4000-8000-000000000000/resourceGroups/rg/providers/"
           "Microsoft.ApiManagement/service/qondor" +
           rest + "?api-version=2024-05-01";
  }
  LocalReply Arm(const std::string& method, const std::string& rest, const std::string& body = {}) {
    return server_->Call(method, "/@w/arm" + ArmPath(rest), body,
                         {{"Authorization", "Bearer any"}, {"If-Match", "*"}});
  }
  static std::string HeaderOf(const LocalReply& reply, const std::string& name) {
    for (const auto& [header, value] : reply.headers) {
      if (header == name) return value;
    }
    return {};
  }

  // --- over a socket
  http::RawClient Client() {
    if (server_->port() == 0) {
      const Result<void> started = server_->Start();
      EXPECT_TRUE(started) << started.error().message;
    }
    return http::RawClient(server_->port());
  }
  static std::string Request(const std::string& method, const std::string& target) {
    return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n";
  }
  // Returns once that many answers wait for their time.
  void AwaitWaiting(std::size_t count) {
    while (Faults()["waiting"] != count) {
    }
  }

  std::unique_ptr<MockServer> server_;
  std::string credentials_, via_, prod_key_, test_key_;
};

inline constexpr char kStatusCall[] = "/pipelines/2040/status";
inline constexpr char kRunCall[] = "/pipelines/2040/run";

}  // namespace kondor
