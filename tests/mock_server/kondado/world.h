// A server without a socket and one manual sandbox in it, for tests of what the vendor's hosts
// answer. Not thread-safe: a test's own.
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

class World : public testing::Test {
 protected:
  World() : server_(MockServer::Create({}).value()) {
    MakeSandbox(R"({"name": "w", "clock": {"mode": "manual", "now": "2026-01-01T00:00:00Z"}})");
  }

  void MakeSandbox(const std::string& body) {
    Control("DELETE", "/_kondor/sandboxes/w");
    const LocalReply made = server_->Call("POST", "/_kondor/sandboxes", body);
    ASSERT_EQ(made.status, 201) << made.body;
    const auto object = nlohmann::json::parse(made.body);
    key_ = object["kondado"]["key"];
    token_ = object["kondado"]["token"];
    via_ = object["kondado"]["via_kondado_token"];
    reader_key_ = object["kondado"]["tokens"][1]["key"];
    reader_token_ = object["kondado"]["tokens"][1]["token"];
  }

  // --- the control API
  LocalReply Control(const std::string& method, const std::string& target,
                     const std::string& body = {}) {
    return server_->Call(method, target, body);
  }
  nlohmann::json ControlJson(const std::string& method, const std::string& rest,
                             const std::string& body = {}) {
    const LocalReply reply = Control(method, "/_kondor/sandboxes/w" + rest, body);
    EXPECT_LT(reply.status, 300) << reply.body;
    return nlohmann::json::parse(reply.body, nullptr, false);
  }
  void Advance(int ms) {
    ControlJson("POST", "/clock/advance", R"({"ms": )" + std::to_string(ms) + "}");
  }
  void Set(const std::string& name, const std::string& value) {
    ControlJson("PATCH", "/settings", R"({"kondado": {")" + name + R"(": ")" + value + R"("}})");
  }
  // No limits, for tests of everything else.
  void LiftLimits() {
    ControlJson("PATCH", "/settings", R"({"kondado": {"per_second": 0, "per_minute": 0}})");
  }

  // --- the vendor
  std::string Credentials() const { return "key=" + key_ + "&token=" + token_; }
  LocalReply K2(const std::string& method, const std::string& path, const Headers& headers = {}) {
    return K2With(Credentials(), method, path, {}, headers);
  }
  LocalReply K2With(const std::string& credentials, const std::string& method,
                    const std::string& path, const std::string& body = {},
                    const Headers& headers = {}) {
    return server_->Call(method, "/@w/k2" + path + (credentials.empty() ? "" : "?" + credentials),
                         body, headers);
  }
  LocalReply K1(const std::string& query, const std::string& body,
                const std::string& method = "POST") {
    return server_->Call(method, "/@w/k1?" + query, body);
  }
  LocalReply Hub(const std::string& path_and_query) {
    return server_->Call("GET", "/@w/hub" + path_and_query);
  }

  std::unique_ptr<MockServer> server_;
  std::string key_, token_, via_, reader_key_, reader_token_;
};

inline std::string HeaderOf(const LocalReply& reply, const std::string& name) {
  for (const auto& [header, value] : reply.headers) {
    if (header == name) return value;
  }
  return {};
}

inline std::string ErrorOf(const LocalReply& reply) {
  const auto body = nlohmann::json::parse(reply.body, nullptr, false);
  return body.is_object() ? body.value("error", "") : "";
}

inline constexpr char kTooManyRequests[] =
    R"({"success": false, "error": "RATE_LIMIT_EXCEEDED", )"
    R"("message": "Too many requests. Please try again in 60 seconds."})";

}  // namespace kondor
