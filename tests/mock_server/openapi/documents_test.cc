// The documents as documents: the committed ones are the served ones, nothing is missing, and what
// they show as examples is what they describe.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "mock_server/kondado/api.h"
#include "mock_server/mock_server.h"
#include "mock_server/qondor/contract/contract.h"
#include "tests/mock_server/openapi/operations.h"

namespace kondor::openapi {
namespace {

std::string Committed(const std::string& name) {
  std::ifstream file(std::string(KONDOR_OPENAPI_FOLDER) + "/" + name + ".json");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Documents : public testing::TestWithParam<const char*> {
 protected:
  const std::string name_ = GetParam();
  const std::string text_ =
      MockServer::Create({}).value()->Call("GET", "/_kondor/openapi/" + name_ + ".json").body;
  const Json document_ = Json::parse(text_);
};
INSTANTIATE_TEST_SUITE_P(Both, Documents, testing::Values("kondado", "qondor"),
                         [](const auto& test) { return std::string(test.param); });

TEST_P(Documents, AreCommittedAsTheyAreServed) {
  EXPECT_TRUE(Committed(name_) == text_)
      << "docs/openapi/" << name_ << ".json is not what the mock serves; write it anew with\n"
      << "  build/dev/bin/kondor-mock --print-openapi " << name_ << " > docs/openapi/" << name_
      << ".json";
}

TEST_P(Documents, AreOpenApiThreeOne) {
  EXPECT_EQ(document_["openapi"], "3.1.0");
  EXPECT_FALSE(document_.contains("jsonSchemaDialect")) << "with it some tools check no body";
  EXPECT_FALSE(document_["info"]["version"].get<std::string>().empty());
}

TEST_P(Documents, DescribeEachOperationInFull) {
  std::set<std::string> ids;
  for (const Operation& operation : OperationsOf(document_)) {
    const Json& object = operation.object;
    const std::string what = operation.method + " " + operation.path;
    EXPECT_FALSE(object.value("summary", "").empty()) << what;
    EXPECT_FALSE(object.value("x-rule", "").empty()) << what;
    EXPECT_TRUE(ids.insert(object.value("operationId", "")).second) << what;
    EXPECT_TRUE(object["responses"].contains(operation.is_webhook ? "2XX" : "200")) << what;
    EXPECT_GT(object["responses"].size(), 1U) << what << " has no errors";
    for (const Json& parameter : operation.parameters) {
      EXPECT_TRUE(parameter.contains("schema")) << what << parameter;
      const bool needs_example = parameter.value("required", false);
      EXPECT_TRUE(!needs_example || parameter.contains("example")) << what << parameter;
    }
    for (const Json& content : operation.contents) {
      EXPECT_TRUE(content.contains("schema")) << what;
      EXPECT_TRUE(content.contains("example") || content.contains("examples")) << what << content;
    }
  }
  EXPECT_GE(ids.size(), name_ == "kondado" ? 11U : 87U);
}

TEST_P(Documents, HaveExamplesThatAreWhatTheyDescribe) {
  std::size_t examples = 0;
  for (const Operation& operation : OperationsOf(document_)) {
    for (const Json& content : operation.contents) {
      for (const Json& example : ExamplesOf(content)) {
        EXPECT_EQ(Complaints(document_, content["schema"], example), "")
            << operation.method << " " << operation.path << "\n"
            << example.dump(1);
        ++examples;
      }
    }
    for (const Json& parameter : operation.parameters) {
      if (!parameter.contains("example")) continue;
      EXPECT_EQ(Complaints(document_, parameter["schema"], parameter["example"]), "")
          << operation.path << parameter;
    }
  }
  EXPECT_GT(examples, 30U);
}

TEST_P(Documents, HaveAnotherAnswerForAnotherName) {
  const auto server = MockServer::Create({}).value();
  EXPECT_EQ(server->Call("GET", "/_kondor/openapi/" + name_).status, 404);
  EXPECT_EQ(server->Call("GET", "/_kondor/openapi/nobody.json").status, 404);
}

TEST(QondorsDocument, HoldsTheOperationsOfTheContractAndNoOther) {
  const auto server = MockServer::Create({}).value();
  const Json document = Json::parse(server->Call("GET", "/_kondor/openapi/qondor.json").body);
  std::set<std::string> documented, known;
  for (const Operation& operation : OperationsOf(document)) {
    if (operation.is_webhook) continue;
    documented.insert(operation.method + " " + operation.path);
  }
  for (const qondor::Operation& operation : qondor::Contract::Get().operations()) {
    known.insert(operation.method + " " + operation.path);
  }
  EXPECT_EQ(documented, known);
}

TEST(QondorsDocument, SaysWhereABodyCanBeTooLarge) {
  const auto server = MockServer::Create({}).value();
  const Json document = Json::parse(server->Call("GET", "/_kondor/openapi/qondor.json").body);
  for (const Operation& operation : OperationsOf(document)) {
    if (operation.is_webhook) continue;
    EXPECT_EQ(operation.object["responses"].contains("413"),
              operation.object.contains("requestBody"))
        << operation.path;
  }
}

TEST(QondorsDocument, HasTheMocksOwnWordsAsExamples) {
  const auto server = MockServer::Create({}).value();
  const Json document = Json::parse(server->Call("GET", "/_kondor/openapi/qondor.json").body);
  const Json& refusals = document["components"]["responses"]["BadRequest"]["content"]
                                 ["application/problem+json"]["examples"];
  EXPECT_EQ(refusals["businessRule"]["value"]["errors"]["CustomerId"][0],
            "This CustomerId does not exist.");
  const Json& product = document["paths"]["/Product/v1/Product/{id}"]["get"]["responses"]["200"]
                                ["content"]["application/json"]["example"];
  EXPECT_EQ(product["offerImages"][0]["fileId"], "6f1f2a5e-3f3b-4a38-9a7e-52c1a4d6b001");
}

// "/pipelines/{pipeline_id}/status" as the route's table has it: "/pipelines/:id/status".
std::string Pattern(const std::string& path) {
  const std::size_t open = path.find('{'), close = path.find('}');
  if (open == std::string::npos) return path;
  return path.substr(0, open) + ":id" + path.substr(close + 1);
}

TEST(KondadosDocument, HoldsTheRoutesOfK2AndNoOther) {
  const auto server = MockServer::Create({}).value();
  const Json document = Json::parse(server->Call("GET", "/_kondor/openapi/kondado.json").body);
  std::set<std::string> documented, known;
  for (const Operation& operation : OperationsOf(document)) {
    if (operation.server == "/k2")
      documented.insert(operation.method + " " + Pattern(operation.path));
  }
  for (const kondado::RouteName& route : kondado::K2Routes()) {
    known.insert(std::string(route.method) + " " + route.pattern);
  }
  EXPECT_EQ(documented, known);
}

}  // namespace
}  // namespace kondor::openapi
