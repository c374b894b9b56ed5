// What is delivered, when it is tried again, and what becomes of it (Q17, QO8).
#include "tests/mock_server/qondor/webhooks/webhook_world.h"

namespace kondor {
namespace {

using nlohmann::json;
using Deliveries = WebhookWorld;

TEST_F(Deliveries, CarryTheEventAsQ17ListsIt) {
  const std::string id = Subscribe(receiver_.url("/hook?x=1"));
  ASSERT_EQ(MakeOfferSent(), 200);
  Advance(0);
  ASSERT_EQ(receiver_.requests().size(), 1U);
  const std::string request = receiver_.requests()[0];
  EXPECT_EQ(request.substr(0, request.find("\r\n")), "POST /hook?x=1 HTTP/1.1");
  EXPECT_NE(request.find("\r\nContent-Type: application/json; charset=utf-8\r\n"),
            std::string::npos);
  const auto body = nlohmann::ordered_json::parse(request.substr(request.find("\r\n\r\n") + 4));
  std::vector<std::string> names;
  for (const auto& [name, value] : body.items()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "webhookId", "timestamp", "topic", "projectId", "projectNo", "projectName",
                       "projectMainCustomerContactPersonEmail", "offerId", "offerHeading",
                       "offerLanguage", "offerValidUntil", "offerLink", "directLink", "customerId",
                       "customerName", "customerExternalReference"}));
  EXPECT_EQ(body["webhookId"].get<std::string>().size(), 36U);
  EXPECT_EQ(body["timestamp"], "2026-01-01T08:00:00.0000000Z") << "the sandbox's clock";
  EXPECT_EQ(body["topic"], "OfferSentV1");
  EXPECT_EQ(body["projectId"], 101);
  EXPECT_EQ(body["offerHeading"], "Two days");
  if (body["offerValidUntil"].is_string()) {
    EXPECT_EQ(body["offerValidUntil"], "2026-04-01T00:00:00") << "without a zone";
  }
  const json state = Webhook();
  EXPECT_EQ(state["id"], id);
  EXPECT_EQ(state["delivered"], 1);
  EXPECT_EQ(state["pending"], 0);
}

TEST_F(Deliveries, AreInTheJournalOnceAdvanceReturns) {
  const std::string id = Subscribe(receiver_.url());
  Comment();
  Advance(0);
  const auto tries = Tries();
  ASSERT_EQ(tries.size(), 1U);
  EXPECT_EQ(tries[0]["event"], "webhook_delivered");
  EXPECT_EQ(tries[0]["path"], "/webhooks/" + id + "/OfferCommentToCustomerCreatedV1");
  EXPECT_EQ(tries[0]["try"], 1);
  EXPECT_EQ(tries[0]["status"], 200);
  EXPECT_EQ(tries[0]["environment"], "Dev");
  EXPECT_EQ(tries[0]["payload"], BodyOf(receiver_.requests()[0]));
  const json verdict = ControlJson("POST", "/verify", R"({"match": {"event": "webhook_delivered",
      "path": "/webhooks/*/OfferComment*", "body": "*\"commentText\":\"Welcome\"*"},
      "count": {"exactly": 1}})");
  EXPECT_EQ(verdict["verdict"], "pass") << verdict;
}

TEST_F(Deliveries, GoToWhoeverHearsTheTopicInTheEnvironment) {
  Receiver sent, prod;
  Subscribe(receiver_.url(), R"("topics": ["OfferCommentToCustomerCreatedV1"])");
  Subscribe(sent.url(), R"("topics": ["OfferSentV1", "OfferAnsweredV1"])");
  Subscribe(prod.url(), R"("environments": ["Prod"])");
  Comment("Dev");
  Advance(0);
  EXPECT_EQ(receiver_.requests().size(), 1U);
  EXPECT_EQ(sent.requests().size(), 0U);
  EXPECT_EQ(prod.requests().size(), 0U);
  MakeOfferSent();
  Advance(0);
  EXPECT_EQ(receiver_.requests().size(), 1U);
  EXPECT_EQ(sent.requests().size(), 1U);
  EXPECT_EQ(prod.requests().size(), 0U);
}

TEST_F(Deliveries, AreTriedAgainOnTheSandboxesClockAndNotBefore) {
  receiver_.Script({Act::kError, Act::kError});
  Subscribe(receiver_.url());
  Comment();
  Advance(0);
  EXPECT_EQ(receiver_.requests().size(), 1U);
  Advance(999);
  EXPECT_EQ(receiver_.requests().size(), 1U);
  EXPECT_EQ(Webhook()["pending"], 1);
  Advance(1);
  EXPECT_EQ(receiver_.requests().size(), 2U);
  Advance(1999);
  EXPECT_EQ(receiver_.requests().size(), 2U);
  Advance(1);
  ASSERT_EQ(receiver_.requests().size(), 3U);
  const auto requests = receiver_.requests();
  EXPECT_EQ(BodyOf(requests[0]), BodyOf(requests[2])) << "the same webhookId and timestamp";
  const auto tries = Tries();
  ASSERT_EQ(tries.size(), 3U);
  EXPECT_EQ(tries[0]["event"], "webhook_failed");
  EXPECT_EQ(tries[0]["reason"], "status 500");
  EXPECT_EQ(tries[0]["answer"], "broken");
  EXPECT_EQ(tries[0]["next_try_at"], "2026-01-01T08:00:01.000000Z");
  EXPECT_EQ(tries[1]["next_try_at"], "2026-01-01T08:00:03.000000Z");
  EXPECT_EQ(tries[2]["event"], "webhook_delivered");
  EXPECT_EQ(tries[2]["try"], 3);
}

TEST_F(Deliveries, HappenAtTheirOwnInstantsWithinOneAdvance) {
  receiver_.Script({Act::kError, Act::kError, Act::kError});
  Subscribe(receiver_.url());
  Comment();
  Advance(60'000);
  const auto tries = Tries();
  ASSERT_EQ(tries.size(), 3U);
  EXPECT_EQ(tries[0]["at"], "2026-01-01T08:00:00.000000Z");
  EXPECT_EQ(tries[1]["at"], "2026-01-01T08:00:01.000000Z");
  EXPECT_EQ(tries[2]["at"], "2026-01-01T08:00:03.000000Z");
  EXPECT_EQ(tries[2]["event"], "webhook_abandoned") << "3 tries, QO8";
  EXPECT_EQ(ControlJson("GET", "/clock")["now"], "2026-01-01T08:01:00.000000Z");
  Advance(3'600'000);
  EXPECT_EQ(receiver_.requests().size(), 3U);
  EXPECT_EQ(Webhook()["abandoned"], 1);
  EXPECT_EQ(Webhook()["pending"], 0);
}

TEST_F(Deliveries, AreTriedWhenTheClockIsSet) {
  receiver_.Script({Act::kError});
  Subscribe(receiver_.url());
  Comment();
  Advance(0);
  ControlJson("PUT", "/clock", R"({"now": "2026-01-01T09:00:00Z"})");
  EXPECT_EQ(receiver_.requests().size(), 2U);
}

TEST_F(Deliveries, FollowTheSettings) {
  ControlJson("PATCH", "/settings",
              R"({"qondor": {"webhook_tries": 2, "webhook_backoff_ms": 50}})");
  receiver_.Script({Act::kError, Act::kError, Act::kError});
  Subscribe(receiver_.url());
  Comment();
  Advance(50);
  EXPECT_EQ(Webhook()["abandoned"], 1);
  EXPECT_EQ(receiver_.requests().size(), 2U);
}

TEST_F(Deliveries, FailForEveryReasonAndAreNotLost) {
  const struct {
    Act act;
    const char* reason;
  } cases[] = {{Act::kRedirect, "status 302"},
               {Act::kError, "status 500"},
               {Act::kClose, "closed_early"},
               {Act::kTruncate, "closed_early"},
               {Act::kGarbage, "no_http_answer"}};
  Receiver elsewhere;
  receiver_.RedirectTo(elsewhere.url());
  Subscribe(receiver_.url());
  std::size_t count = 0;
  for (const auto& c : cases) {
    receiver_.Script({c.act});
    Comment();
    Advance(1000);
    const auto tries = Tries();
    ASSERT_EQ(tries.size(), count + 2);
    EXPECT_EQ(tries[count]["reason"], c.reason);
    EXPECT_EQ(tries[count + 1]["event"], "webhook_delivered");
    count += 2;
  }
  EXPECT_TRUE(elsewhere.requests().empty()) << "redirects are not followed";
}

TEST_F(Deliveries, WaitForAReceiverThatIsDown) {
  const DeadPort nobody;
  Subscribe("http://127.0.0.1:" + std::to_string(nobody.port()));
  EXPECT_EQ(MakeOfferSent(), 200);
  Advance(10'000);
  const auto tries = Tries();
  ASSERT_EQ(tries.size(), 3U);
  for (const json& made : tries) EXPECT_EQ(made["reason"], "not_connected");
}

TEST_F(Deliveries, ThatFailHoldUpNoLaterOnes) {
  receiver_.Script({Act::kError});
  Subscribe(receiver_.url());
  Comment("Dev", "first");
  Advance(0);
  Comment("Dev", "second");
  Advance(0);
  ASSERT_EQ(receiver_.requests().size(), 2U);
  EXPECT_EQ(BodyOf(receiver_.requests()[1])["commentText"], "second");
  Advance(1000);
  EXPECT_EQ(BodyOf(receiver_.requests()[2])["commentText"], "first");
}

TEST_F(Deliveries, EndASlowReceiversTryInTime) {
  ControlJson("PATCH", "/settings",
              R"({"qondor": {"webhook_tries": 2, "webhook_timeout_ms": 50}})");
  receiver_.Script({Act::kHang, Act::kDrip});
  Subscribe(receiver_.url());
  Comment();
  Advance(1000);
  const auto tries = Tries();
  ASSERT_EQ(tries.size(), 2U);
  EXPECT_EQ(tries[0]["reason"], "timeout");
  EXPECT_EQ(tries[1]["reason"], "timeout");
}

TEST_F(Deliveries, RunByThemselvesOnAClockThatRuns) {
  MakeSandbox(R"({"name": "w", "clock": {"mode": "real", "speed": 1000}})");
  receiver_.Script({Act::kError, Act::kError});
  Subscribe(receiver_.url());
  Comment();
  EXPECT_TRUE(receiver_.AwaitRequests(3)) << "a second and two of its time are 3 ms of ours";
  Advance(0);
  EXPECT_EQ(Webhook()["delivered"], 1);
}

TEST_F(Deliveries, OfAWriteThatFailsDoNotHappen) {
  Subscribe(receiver_.url());
  EXPECT_EQ(Send("POST", "/Dev/Offer/v1/Offer", {{kKeyHeader, test_primary_}},
                 R"({"projectId": 999, "heading": "H", "status": 2})")
                .status,
            400);
  EXPECT_EQ(Send("PUT", "/Dev/Offer/v1/Offer", {{kKeyHeader, "bad"}}, R"({"id": 101, "status": 2})")
                .status,
            401);
  Advance(1000);
  EXPECT_TRUE(receiver_.requests().empty());
}

}  // namespace
}  // namespace kondor
