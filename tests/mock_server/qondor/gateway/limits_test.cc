// Rate and quota on the wire, in the journal and in the control API (Q7, G6, G7, QO1-QO3).
#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {
namespace {

using nlohmann::json;

class QondorLimitsTest : public QondorWorld {
 protected:
  LocalReply Prod(const std::string& key) { return Get(std::string("/Prod") + kGetAll, key); }
  LocalReply Prod() { return Prod(prod_primary_); }
  void UseUp(int calls) {
    for (int i = 0; i < calls; ++i) ASSERT_EQ(Prod().status, 200) << i;
  }
};

std::string RateBody(int seconds) {
  return R"({ "statusCode": 429, "message": "Rate limit is exceeded. Try again in )" +
         std::to_string(seconds) + R"( seconds." })";
}

std::string QuotaBody(int status, const std::string& time) {
  return R"({ "statusCode": )" + std::to_string(status) +
         R"(, "message": "Out of call volume quota. Quota will be replenished in )" + time +
         R"(." })";
}

TEST_F(QondorLimitsTest, TheEleventhCallOfASecondIsRefused) {  // Q7, G6
  UseUp(10);
  Advance(300);
  const LocalReply reply = Prod();
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.body, RateBody(1));
  EXPECT_EQ(HeaderOf(reply, "Retry-After"), "1");
  EXPECT_EQ(HeaderOf(reply, "WWW-Authenticate"), "");
  Advance(700);
  EXPECT_EQ(Prod().status, 200);
}

TEST_F(QondorLimitsTest, BothKeysDrawOnOneSubscription) {  // G6
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Prod(prod_primary_).status, 200);
    EXPECT_EQ(Prod(prod_secondary_).status, 200);
  }
  EXPECT_EQ(Prod(prod_primary_).status, 429);
  EXPECT_EQ(Prod(prod_secondary_).status, 429);
  EXPECT_EQ(StatusOf("Test", test_primary_), 200) << "another subscription";
  Regenerate("production", "primary");
  EXPECT_EQ(Prod(Subscription("production")["primary_key"]).status, 429)
      << "a new key is no new budget";
}

TEST_F(QondorLimitsTest, ARefusedKeyCountsNowhere) {  // G6
  for (int i = 0; i < 30; ++i) EXPECT_EQ(StatusOf("Test", prod_primary_), 401);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(Prod("unknown").status, 401);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(Get("/Prod/nothing", prod_primary_).status, 404);
  UseUp(10);
}

TEST_F(QondorLimitsTest, ARefusedCallCountsIfTheSettingSaysSo) {  // QO3
  Set("refused_count", "yes");
  UseUp(10);
  Advance(500);
  EXPECT_EQ(Prod().status, 429);
  Advance(500);
  for (int i = 0; i < 9; ++i) EXPECT_EQ(Prod().status, 200) << i;
  EXPECT_EQ(Prod().status, 429) << "the refused one of half a second ago still stands";
}

TEST_F(QondorLimitsTest, TheBucketRefillsEvenly) {  // QO2
  Set("window", "token_bucket");
  UseUp(10);
  EXPECT_EQ(Prod().status, 429);
  Advance(100);
  EXPECT_EQ(Prod().status, 200);
  EXPECT_EQ(Prod().status, 429);
}

TEST_F(QondorLimitsTest, TheQuotaIsForFixedPeriodsFromTheStart) {  // G7, QO1
  ControlJson("PATCH", "/settings", R"({"qondor": {"per_second": 0, "per_day": 3}})");
  UseUp(3);
  Advance((23 * 3600 + 26 * 60 + 15) * 1000);
  const LocalReply reply = Prod();
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.body, QuotaBody(429, "00:33:45"));
  EXPECT_EQ(HeaderOf(reply, "Retry-After"), "2025");
  Set("quota_status", "403");
  const LocalReply stock = Prod();
  EXPECT_EQ(stock.status, 403);
  EXPECT_EQ(stock.body, QuotaBody(403, "00:33:45"));
  EXPECT_EQ(HeaderOf(stock, "Retry-After"), "2025");
  EXPECT_EQ(EntryOf(stock)["outcome"], "rate_limited");
  EXPECT_EQ(EntryOf(stock)["code"], "QUOTA");
  Advance(2025 * 1000);
  EXPECT_EQ(Prod().status, 200);
}

TEST_F(QondorLimitsTest, AWholePeriodIsWrittenWithItsDay) {  // G7
  ControlJson("PATCH", "/settings", R"({"qondor": {"per_second": 0, "per_day": 1}})");
  UseUp(1);
  EXPECT_EQ(Prod().body, QuotaBody(429, "1.00:00:00"));
}

TEST_F(QondorLimitsTest, CanBeLiftedAndRaisedWhileRunning) {  // Q7
  UseUp(10);
  EXPECT_EQ(Prod().status, 429);
  Set("per_second", 0);  // changing how calls count opens new books
  UseUp(50);
  Set("per_second", 2);
  UseUp(2);
  EXPECT_EQ(Prod().status, 429);
}

TEST_F(QondorLimitsTest, OtherSettingsKeepTheBooks) {
  UseUp(10);
  Set("query_key", "no");
  Set("quota_status", "403");
  Set("key_delay_ms", 5);
  Set("unknown_id", "empty");
  ControlJson("PATCH", "/settings", R"({"kondado": {"per_minute": 7}})");
  EXPECT_EQ(Prod().status, 429);
}

TEST_F(QondorLimitsTest, AResetOpensNewBooks) {
  UseUp(10);
  ControlJson("POST", "/reset");
  UseUp(10);
  EXPECT_EQ(Prod().status, 429);
}

TEST_F(QondorLimitsTest, ARefusalExplainsItself) {
  std::vector<std::uint64_t> ids;
  for (int i = 0; i < 10; ++i) {
    ids.push_back(std::stoull(HeaderOf(Prod(), "Kondor-Request-Id")));
    EXPECT_EQ(StatusOf("Test", test_primary_), 200);  // in the journal, and of no account
    Advance(50);
  }
  const json refusal = EntryOf(Prod(prod_secondary_))["refusal"];
  EXPECT_EQ(refusal["cause"], "window");
  EXPECT_EQ(refusal["dimension"], "subscription");
  EXPECT_EQ(refusal["period"], "second");
  EXPECT_EQ(refusal["reading"], "sliding");
  EXPECT_EQ(refusal["limit"], 10);
  EXPECT_EQ(refusal["used"], 10);
  EXPECT_EQ(refusal["retry_at"], "2026-01-01T08:00:01.000000Z");
  EXPECT_EQ(refusal["too_early_ms"], 500.0);
  EXPECT_EQ(refusal["calls"], json(ids));
  EXPECT_EQ(refusal["calls_missing"], 0);
  EXPECT_EQ(refusal["rules"], json({"Q7", "G6", "QO2", "QO3"}));
  EXPECT_EQ(refusal["text"],
            "The limit of 10 per second for subscription production was used up: 10 counted, read "
            "as sliding; the call came 500 ms too early.");
  Advance(500);
  EXPECT_EQ(Prod().status, 200) << "at retry_at";
}

TEST_F(QondorLimitsTest, AQuotaRefusalExplainsItself) {
  ControlJson("PATCH", "/settings", R"({"qondor": {"per_second": 3, "per_day": 2}})");
  Prod();
  Advance(3'600'000);
  Prod();
  const json refusal = EntryOf(Prod())["refusal"];
  EXPECT_EQ(refusal["period"], "day");
  EXPECT_EQ(refusal["reading"], "fixed_from_start");
  EXPECT_EQ(refusal["limit"], 2);
  EXPECT_EQ(refusal["calls"], json({1, 2}));
  EXPECT_EQ(refusal["retry_at"], "2026-01-02T08:00:00.000000Z");
  EXPECT_EQ(refusal["rules"], json({"Q7", "G7", "QO1", "QO3"}));
  EXPECT_EQ(refusal["text"],
            "The limit of 2 per day for subscription production was used up: 2 counted, in fixed "
            "periods of 24 hours from the subscription's start; the call came 82800000 ms too "
            "early.");
  Advance(82'800'000);
  EXPECT_EQ(Prod().status, 200) << "at retry_at";
}

// What a counter tells of stops at its limit, however many refused calls it holds.
TEST_F(QondorLimitsTest, ARefusalSaysAtLeastWhereRefusedCallsCount) {  // QO3
  ControlJson("PATCH", "/settings",
              R"({"qondor": {"per_second": 2, "per_day": 5, "refused_count": "yes"}})");
  UseUp(2);
  const auto refusal = [&] { return EntryOf(Prod())["refusal"]; };
  const auto says = [](const json& why, const char* words) {
    EXPECT_EQ(why["used"], why["limit"]);
    EXPECT_NE(why["text"].get<std::string>().find(words), std::string::npos) << why["text"];
  };
  says(refusal(), "was used up: at least 2 counted, read as sliding;");
  says(refusal(), "was used up: at least 2 counted, read as sliding;");
  says(refusal(), "was used up: at least 2 counted, read as sliding;");
  EXPECT_EQ(ControlJson("GET", "/limits?subscription=production")["counters"][0]["used"], 2);
  Advance(1'000);
  says(refusal(), "was used up: at least 5 counted, in fixed periods");
  says(refusal(), "was used up: at least 5 counted, in fixed periods");
  EXPECT_EQ(ControlJson("GET", "/limits?subscription=production")["counters"][1]["used"], 5);
}

TEST_F(QondorLimitsTest, ABucketIsNeverChargedForARefusalAndSoCountsExactly) {  // QO3
  ControlJson("PATCH", "/settings",
              R"({"qondor": {"per_second": 2, "window": "token_bucket", "refused_count": "yes"}})");
  UseUp(2);
  Prod();
  EXPECT_NE(EntryOf(Prod())["refusal"]["text"].get<std::string>().find(
                "was used up: 2 counted, read as token_bucket;"),
            std::string::npos);
}

TEST_F(QondorLimitsTest, WithBothUsedUpTheRateAnswersAndTellsWhenToComeBack) {
  ControlJson("PATCH", "/settings", R"({"qondor": {"per_second": 2, "per_day": 2}})");
  UseUp(2);
  const LocalReply reply = Prod();
  EXPECT_EQ(reply.body, RateBody(86'400));
  EXPECT_EQ(HeaderOf(reply, "Retry-After"), "86400");
  EXPECT_NE(EntryOf(reply)["refusal"]["text"].get<std::string>().find(
                "; the day's quota is used up as well; the call came 86400000 ms too early."),
            std::string::npos);
}

TEST_F(QondorLimitsTest, LimitsShowASubscriptionsCounters) {
  UseUp(3);
  const json counters = ControlJson("GET", "/limits?subscription=production")["counters"];
  ASSERT_EQ(counters.size(), 2U);
  EXPECT_EQ(counters[0]["dimension"], "subscription");
  EXPECT_EQ(counters[0]["period"], "second");
  EXPECT_EQ(counters[0]["limit"], 10);
  EXPECT_EQ(counters[0]["used"], 3);
  EXPECT_EQ(counters[0]["next_admitted"], "2026-01-01T08:00:00.000000Z");
  EXPECT_EQ(counters[1]["period"], "day");
  EXPECT_EQ(counters[1]["limit"], 100'000);
  EXPECT_EQ(counters[1]["used"], 3);
  EXPECT_EQ(Control("GET", "/limits?subscription=nobody").status, 404);
  EXPECT_EQ(ControlJson("GET", "/limits?ip=127.0.0.1&subscription=test")["counters"].size(), 4U);
}

}  // namespace
}  // namespace kondor
