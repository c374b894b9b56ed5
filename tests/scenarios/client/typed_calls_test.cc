// Every typed call of the client is what the mock answers, and each of its errors what it means.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "client/kondado/kondado.h"
#include "client/qondor/qondor.h"
#include "tests/scenarios/client/virtual_sandbox.h"

namespace kondor::scenarios {
namespace {

using client::Method;
using nlohmann::json;

const json kUnlimited = {{"kondado", {{"plan", "enterprise"}}}};

class TypedCalls : public testing::Test {
 protected:
  std::unique_ptr<client::Kondado> Kondado(client::KondadoCredentials credentials) {
    auto api = client::Kondado::Make(
        {.credentials = std::move(credentials), .endpoint = sandbox_.Endpoint("/k2")});
    EXPECT_TRUE(api) << api.error().message;
    return std::move(*api);
  }
  std::unique_ptr<client::Kondado> Kondado() { return Kondado({made_["key"], made_["token"]}); }
  void Set(const json& settings) { sandbox_.Control("PATCH", "/settings", settings.dump()); }

  VirtualSandbox sandbox_{kUnlimited};
  const json made_ = sandbox_.credentials()["kondado"];
};

TEST_F(TypedCalls, OfKondado) {  // K7 to K15
  const auto api = Kondado();
  EXPECT_TRUE(api->RunPipeline(2040));
  const auto status = api->GetPipelineStatus(2040);
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(status->state, client::PipelineState::kScheduled);
  EXPECT_EQ(api->GetPipelineStatus(2045)->state, client::PipelineState::kErrorBuildingTables);
  EXPECT_TRUE(api->GetModelStatus(162));
  EXPECT_TRUE(api->GetModelStatus(165));
  const auto sources = api->ListSourceCollections();
  ASSERT_TRUE(sources) << sources.error().message;
  EXPECT_FALSE(sources->empty());
  const auto destinations = api->ListDestinationCollections();
  ASSERT_TRUE(destinations) << destinations.error().message;
  EXPECT_FALSE(destinations->empty());
  EXPECT_EQ(api->ListParentPipelines(76)->size(), 3U);
  const auto link = api->InviteGuest({.client_id = "12",
                                      .recipient_email = "guest@example.com",
                                      .parent_collection_id = 76,
                                      .assigned_collection_name = "Sales"});
  ASSERT_TRUE(link) << link.error().message;
}

TEST_F(TypedCalls, OfKondadoFailWithWhatIsWrong) {  // KO6, KO7, OUR2
  for (const char* failure_status : {"200", "4xx"}) {
    for (const char* auth_error : {"200_envelope", "401_envelope", "403_envelope"}) {
      Set({{"kondado", {{"failure_status", failure_status}, {"auth_error", auth_error}}}});
      const auto api = Kondado();
      EXPECT_EQ(api->GetPipelineStatus(1).error().kind, ErrorKind::kNotFound);
      EXPECT_EQ(api->RunPipeline(2043).error().code, "PIPELINE_DISABLED");
      EXPECT_EQ(api->RunPipeline(2047).error().kind, ErrorKind::kRejected);
      EXPECT_EQ(api->Call({.path = "/nowhere"}).error().kind, ErrorKind::kNotFound);
      EXPECT_EQ(api->Call({.method = Method::kPost, .path = "/models/162/status"}).error().code,
                "METHOD_NOT_ALLOWED");
      const auto stranger = Kondado({"no-such-key", "no-such-token"})->GetPipelineStatus(2040);
      EXPECT_EQ(stranger.error().kind, ErrorKind::kCredentials);
      EXPECT_EQ(stranger.error().code, "INVALID_CREDENTIALS");
    }
  }
  Set({{"kondado", {{"plan", "essentials"}, {"failure_status", "200"}}}});
  EXPECT_EQ(Kondado()->RunPipeline(2040).error().kind, ErrorKind::kPlan);
}

TEST_F(TypedCalls, OfTheWebhookAndHub) {  // W1, H1
  auto hook = client::KondadoWebhook::Make({.pipeline_id = 2040,
                                            .credentials = {made_["key"], made_["token"]},
                                            .endpoint = sandbox_.Endpoint("/k1")});
  ASSERT_TRUE(hook);
  const auto posted = (*hook)->Post(R"({"a": 1})");
  EXPECT_TRUE(posted) << posted.error().message;
  auto wrong = client::KondadoWebhook::Make(
      {.pipeline_id = 2040, .credentials = {"k", "t"}, .endpoint = sandbox_.Endpoint("/k1")});
  EXPECT_EQ((*wrong)->Post("{}").error().kind, ErrorKind::kCredentials);

  auto hub = client::ViaKondado::Make(
      {.token = made_["via_kondado_token"], .endpoint = sandbox_.Endpoint("/hub")});
  ASSERT_TRUE(hub);
  const auto names = (*hub)->ListTableNames();
  ASSERT_TRUE(names) << names.error().message;
  ASSERT_FALSE(names->empty());
  EXPECT_EQ((*hub)->ListTables()->size(), names->size());
  using enum client::ViaKondado::DecimalSeparator;
  EXPECT_TRUE((*hub)->ReadTable(names->front(), kComma));
  EXPECT_EQ((*hub)->ReadTable("no such table").error().kind, ErrorKind::kNotFound);
}

TEST_F(TypedCalls, OfQondor) {  // Q10 to Q15
  const json& made = sandbox_.credentials()["qondor"]["test"];
  auto api = client::Qondor::Make({.credentials = {made["primary_key"], made["secondary_key"]},
                                   .endpoint = sandbox_.Endpoint("/qondor")});
  ASSERT_TRUE(api);
  const auto projects = (*api)->ListProjects();
  ASSERT_TRUE(projects) << projects.error().message;
  ASSERT_FALSE(projects->empty());
  const auto office = json::parse(projects->front().json)["officeId"].get<std::int64_t>();
  const auto created = (*api)->CreateProject({.office_id = office, .name = "S\xc3\xa3o Paulo"});
  ASSERT_TRUE(created) << created.error().message;
  EXPECT_EQ((*api)->GetProject(created->id)->name, "S\xc3\xa3o Paulo");
  EXPECT_EQ((*api)->GetProject(999'999).error().kind, ErrorKind::kNotFound);
  const auto invalid = (*api)->CreateProject({.office_id = office, .name = ""});
  EXPECT_EQ(invalid.error().kind, ErrorKind::kRejected);
  const auto invoices = (*api)->ListUnprocessedInvoices();
  ASSERT_TRUE(invoices) << invoices.error().message;
  if (!invoices->empty()) {
    const auto processed = (*api)->SetInvoiceProcessed(invoices->front().id);
    EXPECT_TRUE(processed) << processed.error().message;
  }
  // A body whose type nobody said is JSON all the same.
  const auto plain = (*api)->Call({.method = Method::kPost,
                                   .path = "/Project/v1/Project",
                                   .body = json{{"officeId", office}, {"name", "A"}}.dump()});
  EXPECT_TRUE(plain) << plain.error().message;
  EXPECT_EQ((*api)->Call({.path = "/No/v1/Such"}).error().kind, ErrorKind::kNotFound);
}

TEST_F(TypedCalls, OfQondorOverItsLimitsWait) {  // G6, G7
  Set({{"qondor", {{"per_second", 1}}}});        // less than the client was told
  const json& made = sandbox_.credentials()["qondor"]["test"];
  auto api = client::Qondor::Make(
      {.credentials = {made["primary_key"]}, .endpoint = sandbox_.Endpoint("/qondor")});
  for (int i = 0; i < 5; ++i) {
    const auto projects = (*api)->ListProjects();
    ASSERT_TRUE(projects) << projects.error().message;
  }
  EXPECT_GT(sandbox_.Count("rate_limited"), 0);
  EXPECT_GE(sandbox_.Passed(), std::chrono::seconds(4));
}

}  // namespace
}  // namespace kondor::scenarios
