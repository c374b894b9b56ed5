// Calls of the management REST as Azure's clients make them. Not thread-safe: a test's own.
#pragma once

#include <string>

#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {

inline constexpr char kService[] =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/"
    "Microsoft.ApiManagement/service/qondor";

class Arm : public QondorWorld {
 protected:
  LocalReply ArmCall(const std::string& method, const std::string& path,
                     const std::string& body = {}, Headers headers = {}) {
    headers.push_back({"Authorization", "Bearer any"});
    return server_->Call(method, "/@w/arm" + (kService + path) + "?api-version=2024-05-01", body,
                         headers);
  }
  nlohmann::json ArmJson(const std::string& method, const std::string& path,
                         const std::string& body = {}, Headers headers = {}) {
    const LocalReply reply = ArmCall(method, path, body, std::move(headers));
    EXPECT_LT(reply.status, 300) << method << " " << path << "\n" << reply.body;
    return nlohmann::json::parse(reply.body, nullptr, false);
  }
  std::string TagOf(const std::string& path) { return HeaderOf(ArmCall("GET", path), "ETag"); }
};

inline nlohmann::json ErrorBody(const std::string& code, const std::string& message) {
  return {{"error", {{"code", code}, {"message", message}, {"details", nullptr}}}};
}

}  // namespace kondor
