// Qondor's Dev environment behind its gateway, as the default seed fills it, for tests of what it
// answers. Not thread-safe: a test's own.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/qondor/backend/backend.h"
#include "mock_server/sandbox/time_text.h"

namespace kondor::qondor {

struct Reply {
  int status = 0;
  std::string text;
  Json json;  // null when the body is empty
  std::string type;
  std::string code;
  std::vector<Event> events;
};

// {"Name": ["..."]} of problem details, as "Name: ..." lines.
inline std::string ErrorsOf(const Reply& reply) {
  std::string lines;
  if (!reply.json.is_object() || !reply.json.contains("errors")) return lines;
  for (const auto& [field, messages] : reply.json["errors"].items()) {
    for (const Json& message : messages) lines += field + ": " + message.get<std::string>() + "\n";
  }
  return lines;
}

class DevBackend : public testing::Test {
 protected:
  // Ids of the default seed.
  static constexpr int kOffice = 2, kCustomer = 1, kManager = 5, kTeam = 1, kContact = 6;
  static constexpr int kProject = 101, kOffer = 101, kProduct = 101, kCoach = 102, kHotel = 103;
  static constexpr int kSupplier = 101, kInvoice = 101;

  Reply Call(const std::string& method, const std::string& target, const std::string& body = {}) {
    return CallOn(backend_, method, target, body);
  }
  Reply CallOn(Backend& backend, const std::string& method, const std::string& target,
               const std::string& body = {}) {
    const std::size_t mark = std::min(target.find('?'), target.size());
    const auto route = Contract::Get().Find(method, target.substr(0, mark));
    EXPECT_TRUE(route) << method << " " << target;
    if (!route) return {};
    http::Request request;
    request.method = method;
    request.body = body;
    const http::Query query(std::string_view(target).substr(std::min(mark + 1, target.size())));
    BackendAnswer answer = backend.Answer(*route, query, request, now_, settings_);
    Reply reply{answer.response.status,       answer.response.body,     Json(),
                answer.response.content_type, std::string(answer.code), std::move(answer.events)};
    if (!reply.text.empty()) {
      const Result<Json> parsed = ParseJson(reply.text);
      EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message) << "\n" << reply.text;
      if (parsed) reply.json = *parsed;
    }
    EXPECT_EQ(answer.outcome == Outcome::kOk, reply.status == 200);
    EXPECT_EQ(reply.code.empty(), reply.status == 200);
    return reply;
  }

  // The body of a call that is expected to go well.
  Json Get(const std::string& target) { return Good("GET", target, ""); }
  Json Post(const std::string& path, const std::string& body) { return Good("POST", path, body); }
  void Put(const std::string& path, const std::string& body) {
    EXPECT_TRUE(Good("PUT", path, body).is_null()) << "PUT answers nothing (Q12)";
  }
  void Delete(const std::string& target) {
    EXPECT_TRUE(Good("DELETE", target, "").is_null()) << "DELETE answers nothing (Q12)";
  }
  int StatusOf(const std::string& method, const std::string& target, const std::string& body = {}) {
    return Call(method, target, body).status;
  }

  void At(std::string_view time) { now_ = ParseIsoTime(time).value(); }

  Backend backend_{Environment::kDev, DefaultBackendSeed()};
  TimePoint now_ = ParseIsoTime("2026-03-01T12:00:00Z").value();
  QondorSettings settings_;

 private:
  Json Good(const std::string& method, const std::string& target, const std::string& body) {
    const Reply reply = Call(method, target, body);
    EXPECT_EQ(reply.status, 200) << method << " " << target << "\n" << body << "\n" << reply.text;
    return reply.json;
  }
};

// The ids in an array of objects.
inline std::vector<int> IdsOf(const Json& list, const char* name = "id") {
  std::vector<int> ids;
  for (const Json& element : list) ids.push_back(element[name].get<int>());
  return ids;
}

}  // namespace kondor::qondor
