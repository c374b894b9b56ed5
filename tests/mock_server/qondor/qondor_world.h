// A server without a socket and one manual sandbox in it, for tests of Qondor's gateway, its
// directory and its management REST. Not thread-safe: a test's own.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/mock_server.h"

namespace kondor {

using Headers = std::vector<std::pair<std::string, std::string>>;

inline std::string HeaderOf(const LocalReply& reply, const std::string& name) {
  for (const auto& [header, value] : reply.headers) {
    if (header == name) return value;
  }
  return {};
}

class QondorWorld : public testing::Test {
 protected:
  static constexpr char kKeyHeader[] = "Ocp-Apim-Subscription-Key";
  // Answered 200 in every environment of the built-in seed.
  static constexpr char kGetAll[] = "/Customer/v1/Customer/GetAll";

  QondorWorld() : server_(MockServer::Create({}).value()) {
    MakeSandbox(R"({"name": "w", "clock": {"mode": "manual", "now": "2026-01-01T08:00:00Z"}})");
  }

  void MakeSandbox(const std::string& body) {
    server_->Call("DELETE", "/_kondor/sandboxes/w");
    const LocalReply made = server_->Call("POST", "/_kondor/sandboxes", body);
    ASSERT_EQ(made.status, 201) << made.body;
    ReadKeys(nlohmann::json::parse(made.body)["qondor"]);
  }

  // --- the control API
  LocalReply Control(const std::string& method, const std::string& rest,
                     const std::string& body = {}) {
    return server_->Call(method, "/_kondor/sandboxes/w" + rest, body);
  }
  nlohmann::json ControlJson(const std::string& method, const std::string& rest,
                             const std::string& body = {}) {
    const LocalReply reply = Control(method, rest, body);
    EXPECT_LT(reply.status, 300) << method << " " << rest << "\n" << reply.body;
    return nlohmann::json::parse(reply.body, nullptr, false);
  }
  void Advance(std::int64_t ms) {
    ControlJson("POST", "/clock/advance", R"({"ms": )" + std::to_string(ms) + "}");
  }
  void Set(const std::string& name, const std::string& value) {
    ControlJson("PATCH", "/settings", R"({"qondor": {")" + name + R"(": ")" + value + R"("}})");
  }
  void Set(const std::string& name, int value) {
    ControlJson("PATCH", "/settings",
                R"({"qondor": {")" + name + R"(": )" + std::to_string(value) + "}}");
  }
  nlohmann::json LastEntry() {
    return ControlJson("GET", "/journal?limit=10000")["entries"].back();
  }
  // Explained.
  nlohmann::json EntryOf(const LocalReply& reply) {
    return ControlJson("GET", "/journal/" + HeaderOf(reply, "Kondor-Request-Id"));
  }
  nlohmann::json Subscription(const std::string& id) {
    return ControlJson("GET", "/qondor/subscriptions/" + id);
  }
  // The new key.
  std::string Regenerate(const std::string& id, const std::string& which) {
    const bool primary = which == "primary";
    const nlohmann::json view =
        ControlJson("POST", "/qondor/subscriptions/" + id +
                                (primary ? "/regeneratePrimaryKey" : "/regenerateSecondaryKey"));
    return view[which + "_key"];
  }

  // --- the gateway
  LocalReply Send(const std::string& method, const std::string& path, const Headers& headers = {},
                  const std::string& body = {}) {
    return server_->Call(method, "/@w/qondor" + path, body, headers);
  }
  LocalReply Get(const std::string& path, const std::string& key) {
    return Send("GET", path, {{kKeyHeader, key}});
  }
  int StatusOf(const std::string& environment, const std::string& key) {
    return Get("/" + environment + kGetAll, key).status;
  }

  std::unique_ptr<MockServer> server_;
  std::string prod_primary_, prod_secondary_, test_primary_, test_secondary_;

 private:
  void ReadKeys(const nlohmann::json& qondor) {
    if (qondor.contains("production")) {
      prod_primary_ = qondor["production"]["primary_key"];
      prod_secondary_ = qondor["production"]["secondary_key"];
    }
    if (qondor.contains("test")) {
      test_primary_ = qondor["test"]["primary_key"];
      test_secondary_ = qondor["test"]["secondary_key"];
    }
  }
};

// G1, G2, G5, byte for byte.
inline constexpr char kMissingKey[] =
    R"({ "statusCode": 401, "message": "Access denied due to missing subscription key. )"
    R"(Make sure to include subscription key when making requests to an API." })";
inline constexpr char kInvalidKey[] =
    R"({ "statusCode": 401, "message": "Access denied due to invalid subscription key. )"
    R"(Make sure to provide a valid key for an active subscription." })";
inline constexpr char kNotFound[] = R"({ "statusCode": 404, "message": "Resource not found" })";
static_assert(sizeof(kMissingKey) - 1 == 152);
static_assert(sizeof(kInvalidKey) - 1 == 143);
static_assert(sizeof(kNotFound) - 1 == 54);

}  // namespace kondor
