// What each typed call sends, and what becomes of what comes back.
#include "client/kondado/kondado.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "client/json/fields.h"
#include "tests/client/call/fakes.h"

namespace kondor::client {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

class KondadoTest : public testing::Test {
 protected:
  EndpointOptions Here() {
    EndpointOptions options;
    options.clock = &clock_;
    options.sleeper = &sleeper_;
    options.transport = &transport_;
    return options;
  }
  void SetUp() override {
    auto made = Kondado::Make({.credentials = {"key-1", "token-1"}, .endpoint = Here()});
    ASSERT_TRUE(made) << made.error().message;
    api_ = std::move(*made);
  }
  Request Sent() const { return transport_.requests().back(); }

  ManualClock clock_{kBegin};
  ManualSleeper sleeper_{clock_};
  FakeTransport transport_;
  std::unique_ptr<Kondado> api_;
};

TEST_F(KondadoTest, RunsAPipeline) {  // K7
  transport_.Then(Ok());
  EXPECT_TRUE(api_->RunPipeline(2040));
  EXPECT_EQ(Sent().method, Method::kPost);
  EXPECT_EQ(Sent().path, "/pipelines/2040/run");
  EXPECT_EQ(Sent().body, "") << "it takes no body";
  EXPECT_EQ(QueryValue(Sent(), "key"), "key-1");
  EXPECT_EQ(QueryValue(Sent(), "token"), "token-1");
}

TEST_F(KondadoTest, ARunThatMayBeQueuedIsNotQueuedTwice) {  // K7
  transport_.Then(Lost());
  const auto lost = api_->RunPipeline(2040);
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().kind, ErrorKind::kTransport);
  EXPECT_EQ(transport_.requests().size(), 1U);
  transport_.Then(Ok(std::string(kRefused))).Then(Ok());
  EXPECT_TRUE(api_->RunPipeline(2040)) << "a refused one was not";
}

TEST_F(KondadoTest, ARunThatFailsSaysWhy) {  // K7, K8
  transport_.Then(Envelope("PLAN_NOT_ALLOWED", "Not on this plan."));
  const auto refused = api_->RunPipeline(2040);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kPlan);
  EXPECT_EQ(refused.error().code, "PLAN_NOT_ALLOWED");
}

TEST_F(KondadoTest, ReadsStatuses) {  // K9, K11
  transport_.Then(Ok(R"({"2040": {"status": "running", "is_running": true, "is_active": true,
                          "is_blocked": false, "raw_msg": null}})"));
  const auto pipeline = api_->GetPipelineStatus(2040);
  ASSERT_TRUE(pipeline) << pipeline.error().message;
  EXPECT_EQ(pipeline->state, PipelineState::kRunning);
  EXPECT_EQ(Sent().path, "/pipelines/2040/status");
  transport_.Then(Ok(R"({"success": true, "data": {"162": {"status": "active", "is_running": false,
                          "is_active": true, "kubo_status_type": "operational"}}})"));
  EXPECT_TRUE(api_->GetModelStatus(162));
  EXPECT_EQ(Sent().path, "/models/162/status");
}

TEST_F(KondadoTest, ListsCollections) {  // K12, K13, K14
  transport_.Then(Ok(R"({"success": true, "data": []})"));
  EXPECT_TRUE(api_->ListSourceCollections());
  EXPECT_EQ(Sent().path, "/parent_collections/src");
  transport_.Then(Ok(R"({"success": true, "data": []})"));
  EXPECT_TRUE(api_->ListDestinationCollections());
  EXPECT_EQ(Sent().path, "/parent_collections/dest");
  transport_.Then(Ok(R"({"success": true, "data": [{"id": 76, "parent_pipelines": []}]})"));
  EXPECT_TRUE(api_->ListParentPipelines(76));
  EXPECT_EQ(Sent().path, "/parent_collections/src/76/parent_pipelines");
}

TEST_F(KondadoTest, InvitesAGuest) {  // K15
  transport_.Then(Ok(R"({"success": true, "data": {"access_link": "https://app/x"}})"));
  const auto link = api_->InviteGuest({.client_id = "12",
                                       .recipient_email = "a@b.c",
                                       .parent_collection_id = 76,
                                       .direction = CollectionGuest::Direction::kDestination,
                                       .assigned_collection_name = "\"Sales\"\n\xff"});
  ASSERT_TRUE(link) << link.error().message;
  EXPECT_EQ(*link, "https://app/x");
  EXPECT_EQ(Sent().path, "/collection_guests");
  const auto body = ParseJson(Sent().body);
  ASSERT_TRUE(body) << Sent().body;
  EXPECT_EQ(body->at("client_id"), "12") << "text, as in the vendor's example";
  EXPECT_EQ(body->at("parent_collection_id"), 76);
  EXPECT_EQ(body->at("parent_collection_direction"), "dest");
  EXPECT_EQ(HeaderValue(Sent(), "Content-Type"), "application/json");
}

TEST_F(KondadoTest, AnswersThatMakeNoSenseAreNoData) {
  transport_.Always([](const Request&) { return Ok(R"({"2040": {"status": "running"}})"); });
  const auto status = api_->GetPipelineStatus(2040);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kMalformed);
  EXPECT_THAT(status.error().message, HasSubstr("is_running"));
  EXPECT_THAT(status.error().message, HasSubstr("5 times"));
}

TEST_F(KondadoTest, AGetThatIsAnsweredUndocumentedJsonIsAskedAgain) {
  const std::string good = R"({"2040": {"status": "running", "is_running": true,
                                        "is_active": true, "is_blocked": false}})";
  for (const char* nonsense : {"[]", "{}", R"({"2041": {}})", R"({"2040": {"status": 7}})"}) {
    transport_.Then(Ok(nonsense)).Then(Ok(good));
    const std::size_t before = transport_.requests().size();
    const auto status = api_->GetPipelineStatus(2040);
    ASSERT_TRUE(status) << nonsense << ": " << status.error().message;
    EXPECT_EQ(status->state, PipelineState::kRunning);
    EXPECT_EQ(transport_.requests().size(), before + 2) << nonsense;
  }
}

// It may have been carried out: whoever writes such an answer may have done all of it.
TEST_F(KondadoTest, APostThatIsAnsweredUndocumentedJsonIsNotSentAgainAndSaysWhy) {
  auto hook = KondadoWebhook::Make(
      {.pipeline_id = 2040, .credentials = {"key-1", "token-1"}, .endpoint = Here()});
  ASSERT_TRUE(hook) << hook.error().message;
  std::size_t sent = 0;
  const auto expect = [&](const auto& answer, const char* nonsense) {
    ASSERT_FALSE(answer) << nonsense;
    EXPECT_EQ(answer.error().kind, ErrorKind::kMalformed) << nonsense;
    EXPECT_THAT(answer.error().message, HasSubstr("not as documented")) << nonsense;
    EXPECT_THAT(answer.error().message,
                HasSubstr("it may have been carried out, so it is not sent again"))
        << nonsense;
    EXPECT_EQ(transport_.requests().size(), ++sent) << nonsense;
  };
  for (const char* nonsense : {R"({"status": "queued"})", "[]", "{}"}) {
    transport_.Then(Ok(nonsense));
    expect(api_->RunPipeline(2040), nonsense);
    transport_.Then(Ok(nonsense));
    expect((*hook)->Post("{}"), nonsense);
  }
  for (const char* nonsense : {R"({"success": true})", R"({"success": true, "data": {}})"}) {
    transport_.Then(Ok(nonsense));
    expect(api_->InviteGuest({}), nonsense);
  }
}

TEST_F(KondadoTest, CallsAnything) {
  transport_.Then(Ok("[1]")).Then(Envelope("UNKNOWN_ROUTE", "None.", 404));
  EXPECT_EQ(*api_->Call({.path = "/anything", .query = {{"a", "b"}}}), "[1]");
  EXPECT_EQ(QueryValue(Sent(), "a"), "b");
  EXPECT_EQ(api_->Call({.path = "/x"}, {.timeout = seconds(5)}).error().kind, ErrorKind::kNotFound);
}

TEST_F(KondadoTest, SwapsItsCredentials) {  // T5
  transport_.Then(Ok()).Then(Ok());
  ASSERT_TRUE(api_->RunPipeline(1));
  api_->SwapCredentials({"key-2", "token-2"});
  ASSERT_TRUE(api_->RunPipeline(1));
  EXPECT_EQ(QueryValue(Sent(), "token"), "token-2");
}

TEST_F(KondadoTest, IsNotMadeOfBadCredentials) {
  for (const KondadoCredentials& bad :
       {KondadoCredentials{"", "t"}, KondadoCredentials{"k", ""}, KondadoCredentials{}}) {
    const auto made = Kondado::Make({.credentials = bad, .endpoint = Here()});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::kInvalidArgument);
    EXPECT_THAT(made.error().message, HasSubstr("KONDADO_TOKEN"));
  }
}

TEST_F(KondadoTest, AWebhookPostsItsRow) {  // W1
  auto hook = KondadoWebhook::Make(
      {.pipeline_id = 2040, .credentials = {"key-1", "token-1"}, .endpoint = Here()});
  ASSERT_TRUE(hook) << hook.error().message;
  transport_.Then(Ok());
  ASSERT_TRUE((*hook)->Post(R"({"a": 1})"));
  EXPECT_EQ(Sent().method, Method::kPost);
  EXPECT_EQ(Sent().path, "/");
  EXPECT_EQ(QueryValue(Sent(), "pipeline_id"), "2040");
  EXPECT_EQ(QueryValue(Sent(), "key"), "key-1");
  EXPECT_EQ(Sent().body, R"({"a": 1})");

  transport_.Then(Envelope("INVALID_CREDENTIALS", "No.", 400));
  EXPECT_EQ((*hook)->Post("{}").error().kind, ErrorKind::kCredentials);
  transport_.Then(Lost());
  EXPECT_EQ((*hook)->Post("{}").error().kind, ErrorKind::kTransport) << "not stored twice";
  const std::size_t sent = transport_.requests().size();
  EXPECT_EQ((*hook)->Post("{").error().kind, ErrorKind::kInvalidArgument);
  EXPECT_EQ(transport_.requests().size(), sent);
  EXPECT_EQ(clock_.Now(), kBegin) << "no limits on k1 (W2)";
}

TEST_F(KondadoTest, HubIsRead) {  // H1
  auto hub = ViaKondado::Make({.token = "via-1", .endpoint = Here()});
  ASSERT_TRUE(hub) << hub.error().message;
  transport_.Then(Ok("[]"));
  EXPECT_EQ(*(*hub)->ReadTable("my sales/2024", ViaKondado::DecimalSeparator::kComma), "[]");
  EXPECT_EQ(Sent().path, "/data/my%20sales%2F2024");
  EXPECT_EQ(QueryValue(Sent(), "decimal_sep"), "comma");
  EXPECT_EQ(QueryValue(Sent(), "token"), "via-1");
  EXPECT_EQ(QueryValue(Sent(), "key"), "");
  transport_.Then(Ok(R"([{"tbl_name": "a"}, {"tbl_name": "b"}])"));
  EXPECT_EQ((*hub)->ListTableNames()->size(), 2U);
  EXPECT_EQ(Sent().path, "/metadata/show_tables");
  transport_.Then(Ok("[]"));
  EXPECT_TRUE((*hub)->ListTables());
  EXPECT_EQ(Sent().path, "/metadata/kdd_show_tables");
  transport_.Then(Envelope("INVALID_CREDENTIALS", "No.", 401));  // KO10
  EXPECT_EQ((*hub)->ListTables().error().kind, ErrorKind::kCredentials);
  transport_.Always([](const Request&) { return Ok(R"({"rows": []})"); });
  EXPECT_EQ((*hub)->ReadTable("t").error().kind, ErrorKind::kMalformed);
  for (const char* none : {"", ".", ".."}) {
    EXPECT_EQ((*hub)->ReadTable(none).error().kind, ErrorKind::kInvalidArgument) << none;
  }
  EXPECT_FALSE(ViaKondado::Make({.token = "", .endpoint = Here()}));
}

}  // namespace
}  // namespace kondor::client
