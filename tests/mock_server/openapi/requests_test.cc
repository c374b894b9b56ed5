// What Qondor's schemas say of a request is what validation says of it: changed examples are sent,
// and both must be of one mind.
#include <gtest/gtest.h>

#include "mock_server/mock_server.h"
#include "mock_server/openapi/qondor_examples.h"
#include "mock_server/qondor/backend/backend.h"
#include "tests/mock_server/openapi/operations.h"

namespace kondor::openapi {
namespace {

class QondorRequests : public testing::Test {
 protected:
  // Sends it and holds the answer against the schema.
  void Check(const qondor::Operation& operation, const Json& body) {
    http::Request request;
    request.method = operation.method;
    request.body = body.dump();
    // After a refusal everything is as before, and a reset is dear.
    if (is_changed_) backend_.Reset();
    const qondor::Route route{&operation, ""};
    const auto answer =
        backend_.Answer(route, http::Query(""), request, TimePoint(), QondorSettings());
    is_changed_ = answer.response.status < 400;
    const std::string what = operation.path + " " + request.body + "\n" + answer.response.body;
    const Json schema{{"$ref", "#/components/schemas/" + operation.request->name}};
    const std::string complaints = Complaints(document_, schema, body);
    if (answer.code == "VALIDATION") {
      EXPECT_NE(complaints, "") << what;
      ++refused_;
    } else if (answer.response.status == 200) {
      EXPECT_EQ(complaints, "") << what;
      ++taken_;
    }
  }

  qondor::Backend backend_{qondor::Environment::kDev, nullptr};
  const Json document_ =
      Json::parse(MockServer::Create({}).value()->Call("GET", "/_kondor/openapi/qondor.json").body);
  bool is_changed_ = true;
  int refused_ = 0, taken_ = 0;
};

// In quarters, because a sanitizer makes it long.
class QuarterOfQondorRequests : public QondorRequests, public testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Quarters, QuarterOfQondorRequests, testing::Range(0, 4));

TEST_P(QuarterOfQondorRequests, AreRefusedByTheSchemaWhenValidationRefusesThem) {
  const std::vector<Json> values = {nullptr,
                                    "",
                                    " ",
                                    "x",
                                    "2026-04-01",
                                    "2026-04-01T10:00",
                                    "2026-12-31T23:59:59.1234567+14:59",
                                    "9999-12-31",
                                    "2026-13-01",
                                    "2026-00-01",
                                    "2026-04-00",
                                    "2026-04-32",
                                    "0000-01-01",
                                    "2026-04-01T24:00:00",
                                    "2026-04-01T10:60",
                                    "2026-04-01T10:00:60",
                                    "2026-04-01T10:00+15:00",
                                    "soon",
                                    "NOK",
                                    "nok",
                                    "nOk",
                                    "nokk",
                                    "XXX",
                                    "36",
                                    "36 ",
                                    "036",
                                    "0036",
                                    true,
                                    0,
                                    1,
                                    2.5,
                                    -8e28,
                                    8e28,
                                    Json::array(),
                                    Json::object()};
  int nth = 0;
  for (const auto& [operation, example] : QondorExamples()) {
    if (operation->request == nullptr || nth++ % 4 != GetParam()) continue;
    Check(*operation, example.body);
    Check(*operation, Json::object());
    for (const qondor::Field& field : operation->request->fields) {
      Json body = example.body;
      body.erase(field.name);
      Check(*operation, body);
      for (const Json& value : values) {
        body[field.name] = value;
        Check(*operation, body);
      }
    }
  }
  EXPECT_GT(refused_, 250);
  EXPECT_GT(taken_, 125);
}

TEST_F(QondorRequests, NameTheEntityInOneOfTheirWays) {
  for (const auto& [operation, example] : QondorExamples()) {
    if (operation->request == nullptr) continue;
    for (const qondor::Field& field : operation->request->fields) {
      for (const qondor::Field& other : operation->request->fields) {
        Json body = example.body;
        body.erase(field.name);
        body[other.name] = nullptr;
        Check(*operation, body);
      }
    }
  }
  EXPECT_GT(refused_, 500);
  EXPECT_GT(taken_, 500);
}

}  // namespace
}  // namespace kondor::openapi
