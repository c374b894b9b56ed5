// Every documented operation called on a running mock, well and badly: each answer must be one that
// the document describes, down to the last field.
#include <gtest/gtest.h>
#include <httplib.h>

#include <memory>

#include "mock_server/mock_server.h"
#include "tests/mock_server/openapi/operations.h"

namespace kondor::openapi {
namespace {

struct Call {
  std::string method, target, body;
  httplib::Headers headers;
};

class Walk : public testing::Test {
 protected:
  Walk() : server_(MockServer::Create({}).value()) {
    EXPECT_TRUE(server_->Start());
    client_ = std::make_unique<httplib::Client>("127.0.0.1", server_->port());
    client_->set_keep_alive(true);
    client_->set_tcp_nodelay(true);
    client_->set_url_encode(false);
  }

  httplib::Response Send(const Call& call) {
    httplib::Request request;
    request.method = call.method;
    request.path = call.target;
    request.headers = call.headers;
    if (!call.body.empty()) {
      request.body = call.body;
      request.set_header("Content-Type", "application/json");
    }
    httplib::Result result = client_->send(request);
    EXPECT_TRUE(result) << call.method << " " << call.target;
    return result ? *result : httplib::Response();
  }

  Json Control(const std::string& method, const std::string& path, const std::string& body = {}) {
    const auto answer = Send({method, "/_kondor" + path, body, {}});
    EXPECT_LT(answer.status, 300) << answer.body;
    return Json::parse(answer.body, nullptr, false);
  }
  Json Document(const std::string& name) { return Control("GET", "/openapi/" + name + ".json"); }

  // What is wrong with the answer, by the document; empty when nothing is.
  static std::string Faults(const Json& document, const Operation& operation,
                            const httplib::Response& answer) {
    const std::string type = answer.get_header_value("Content-Type");
    const Json* schema = AnswerSchema(document, operation, answer.status, type);
    if (schema == nullptr) {
      return "no answer " + std::to_string(answer.status) + " '" + type + "' is documented";
    }
    if (answer.body.empty()) return type.empty() ? "" : "an empty body";
    const Json body = Json::parse(answer.body, nullptr, false);
    return body.is_discarded() ? "no JSON" : Complaints(document, *schema, body);
  }
  void Expect(const Json& document, const Operation& operation, const Call& call, int status) {
    const httplib::Response answer = Send(call);
    const std::string what = call.method + " " + call.target + " " + call.body + "\n" + answer.body;
    EXPECT_EQ(answer.status, status) << what;
    EXPECT_EQ(Faults(document, operation, answer), "") << what;
    ++answers_;
  }

  std::unique_ptr<MockServer> server_;
  std::unique_ptr<httplib::Client> client_;
  int answers_ = 0;
};

class QondorWalk : public Walk {
 protected:
  QondorWalk() {
    const Json made = Control("POST", "/sandboxes", R"({"name": "w", "clock": {"mode": "manual",
        "now": "2026-03-01T12:00:00Z"}})");
    key_ = made["qondor"]["test"]["primary_key"];
  }
  Call CallOf(const Operation& operation) const {
    return {operation.method,
            "/@w/qondor/Dev" + TargetOf(operation),
            BodyOf(operation),
            {{"Ocp-Apim-Subscription-Key", key_}}};
  }
  std::vector<Operation> Operations() const {
    std::vector<Operation> operations = OperationsOf(document_);
    std::erase_if(operations, [](const Operation& operation) { return operation.is_webhook; });
    return operations;
  }

  const Json document_ = Document("qondor");
  std::string key_;
};

TEST_F(QondorWalk, EveryOperationAnswersAsDescribed) {
  for (const Operation& operation : Operations()) {
    Control("POST", "/sandboxes/w/reset");
    Expect(document_, operation, CallOf(operation), 200);
  }
  EXPECT_EQ(answers_, 87);
}

TEST_F(QondorWalk, EveryRefusalIsDescribed) {
  Control("PATCH", "/sandboxes/w/settings", R"({"qondor": {"per_second": 0, "per_day": 0}})");
  for (const Operation& operation : Operations()) {
    Call call = CallOf(operation);
    call.headers.clear();
    Expect(document_, operation, call, 401);
    call.headers = {{"Ocp-Apim-Subscription-Key", "bad"}};
    Expect(document_, operation, call, 401);
    call = CallOf(operation);
    call.target = operation.path;
    const std::size_t id = call.target.find("{id}");
    const bool needs_more = id != std::string::npos || !call.body.empty();
    if (id != std::string::npos) call.target.replace(id, 4, "999999");
    call.target = "/@w/qondor/Dev" + call.target;
    if (!call.body.empty()) call.body = "[]";
    if (needs_more) Expect(document_, operation, call, call.body.empty() ? 404 : 400);
    call.method = "PATCH";
    Expect(document_, operation, call, 404);
  }
  EXPECT_GT(answers_, 300);
}

TEST_F(QondorWalk, EveryLimitIsDescribed) {
  const Operation operation = Operations().front();
  const Call call = CallOf(operation);
  Control("PATCH", "/sandboxes/w/settings", R"({"qondor": {"per_second": 1}})");
  Expect(document_, operation, call, 200);
  Expect(document_, operation, call, 429);
  Control("PATCH", "/sandboxes/w/settings", R"({"qondor": {"per_second": 0, "per_day": 1}})");
  Expect(document_, operation, call, 200);
  Expect(document_, operation, call, 429);
  Control("PATCH", "/sandboxes/w/settings", R"({"qondor": {"quota_status": "403"}})");
  Expect(document_, operation, call, 403);
}

TEST_F(QondorWalk, FindsAPlantedError) {
  Operation operation = Operations().front();
  const httplib::Response answer = Send(CallOf(operation));
  ASSERT_EQ(Faults(document_, operation, answer), "");
  const std::string body = R"(/components/schemas/CustomerDetails)";
  const auto faults = [&](const char* pointer, const Json& value) {
    Json planted = document_;
    planted[Json::json_pointer(body + pointer)] = value;
    return Faults(planted, operation, answer);
  };
  EXPECT_NE(faults("/properties/id/type", "string"), "");
  EXPECT_NE(faults("/required/0", "nickname"), "");
  Json renamed = document_;
  auto& properties = renamed[Json::json_pointer(body + "/properties")];
  properties["surname"] = properties["name"];
  properties.erase("name");
  EXPECT_EQ(Faults(renamed, operation, answer), "/name: is not documented\n");
  operation.object["responses"].erase("200");
  EXPECT_NE(Faults(document_, operation, answer), "");
}

class KondadoWalk : public Walk {
 protected:
  KondadoWalk() {
    const Json made = Control("POST", "/sandboxes", R"({"name": "w", "clock": {"mode": "manual",
        "now": "2026-03-01T12:00:00Z"}, "settings": {"kondado": {"per_second": 0,
        "per_minute": 0, "plan": "enterprise"}}})");
    user_ = "key=" + made["kondado"]["key"].get<std::string>() +
            "&token=" + made["kondado"]["token"].get<std::string>();
    via_ = "token=" + made["kondado"]["via_kondado_token"].get<std::string>();
  }
  Call CallOf(const Operation& operation) const {
    const std::string target = TargetOf(operation);
    return {operation.method, "/@w" + operation.server + target, BodyOf(operation), {}};
  }
  Call WithCredentials(const Operation& operation, Call call) const {
    const char mark = call.target.find('?') == std::string::npos ? '?' : '&';
    call.target += mark + (operation.server == "/hub" ? via_ : user_);
    return call;
  }
  static bool Succeeded(const httplib::Response& answer) {
    return answer.body.find(R"("success": false)") == std::string::npos;
  }

  const Json document_ = Document("kondado");
  std::string user_, via_;
};

TEST_F(KondadoWalk, EveryOperationAnswersAsDescribed) {
  for (const Operation& operation : OperationsOf(document_)) {
    Control("POST", "/sandboxes/w/reset");
    const Call call = WithCredentials(operation, CallOf(operation));
    Expect(document_, operation, call, 200);
    Control("POST", "/sandboxes/w/reset");
    EXPECT_TRUE(Succeeded(Send(call))) << call.target;
  }
  EXPECT_EQ(answers_, 11);
}

TEST_F(KondadoWalk, EveryRefusalIsDescribed) {  // K5, KO6, KO7: mostly with status 200
  for (const Operation& operation : OperationsOf(document_)) {
    const bool is_k1 = operation.server == "/k1", is_hub = operation.server == "/hub";
    Expect(document_, operation, CallOf(operation), is_k1 ? 400 : is_hub ? 401 : 200);
    for (const char* auth : {"401_envelope", "403_envelope"}) {
      Control("PATCH", "/sandboxes/w/settings",
              std::string(R"({"kondado": {"auth_error": ")") + auth + "\"}}");
      const int status = is_k1 ? 400 : is_hub ? 401 : auth[2] == '1' ? 401 : 403;
      Expect(document_, operation, CallOf(operation), status);
    }
    Control("PATCH", "/sandboxes/w/settings",
            R"({"kondado": {"auth_error": "200_envelope", "limited_hosts": "all",
                            "per_minute": 1}})");
    const Call call = WithCredentials(operation, CallOf(operation));
    Send(call);
    Expect(document_, operation, call, 200);  // K5
    EXPECT_FALSE(Succeeded(Send(call)));
    Control("PATCH", "/sandboxes/w/settings", R"({"kondado": {"per_minute": 0}})");
    const std::size_t brace = operation.path.find('{');
    if (brace == std::string::npos) continue;
    Call unknown = CallOf(operation);
    unknown.target = "/@w" + operation.server + operation.path;
    const std::size_t at = unknown.target.find('{');
    unknown.target.replace(at, unknown.target.find('}') - at + 1, "999999");
    unknown = WithCredentials(operation, unknown);
    Expect(document_, operation, unknown, 200);
    Control("PATCH", "/sandboxes/w/settings", R"({"kondado": {"failure_status": "4xx"}})");
    Expect(document_, operation, unknown, 404);
    Control("PATCH", "/sandboxes/w/settings", R"({"kondado": {"failure_status": "200"}})");
  }
}

TEST_F(KondadoWalk, EveryStateOfAPipelineIsDescribed) {
  const Operation status = OperationsOf(document_).front();
  for (int id = 2040; id <= 2047; ++id) {
    const std::string target = "/@w/k2/pipelines/" + std::to_string(id) + "/status?" + user_;
    Expect(document_, status, {"GET", target, "", {}}, 200);
  }
  const Operation run = OperationsOf(document_)[1];
  for (int id = 2040; id <= 2047; ++id) {
    const std::string target = "/@w/k2/pipelines/" + std::to_string(id) + "/run?" + user_;
    Expect(document_, run, {"POST", target, "", {}}, 200);
  }
}

}  // namespace
}  // namespace kondor::openapi
