// The gateway's own answers, byte for byte (G1-G8).
#include "mock_server/qondor/gateway/reply.h"

#include <gtest/gtest.h>

#include <regex>
#include <string>

namespace kondor::qondor {
namespace {

TEST(GatewayReply, HasTheDocumentedBodies) {
  EXPECT_EQ(MissingKey(Environment::kProd, "Customer/v1").body.size(), 152U);  // G1
  EXPECT_EQ(InvalidKey(Environment::kProd, "Customer/v1").body.size(), 143U);  // G2
  EXPECT_EQ(ResourceNotFound().body,                                           // G5
            R"({ "statusCode": 404, "message": "Resource not found" })");
  EXPECT_EQ(
      RateLimitExceeded(57).body,  // G6
      R"({ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." })");
  EXPECT_EQ(RateLimitExceeded(57).body.size(), 84U);
  EXPECT_EQ(
      RateLimitExceeded(1).body,
      R"({ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 1 seconds." })");
  EXPECT_EQ(OutOfQuota(2025, QuotaStatus::k403).body,  // G7
            R"({ "statusCode": 403, "message": "Out of call volume quota. )"
            R"(Quota will be replenished in 00:33:45." })");
  EXPECT_TRUE(std::regex_match(  // G8
      InternalServerError().body,
      std::regex(R"(\{ "statusCode": 500, "message": "Internal server error", "activityId": )"
                 R"("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}" \})")));
}

TEST(GatewayReply, TellsWhichKeyIsAskedForAndWhere) {  // G3
  for (const http::Response& response : {MissingKey(Environment::kDev, "Invoicing/v1"),
                                         InvalidKey(Environment::kDev, "Invoicing/v1")}) {
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.reason, "Access Denied");
    EXPECT_EQ(response.content_type, "application/json");
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers[0].name, "WWW-Authenticate");
    EXPECT_EQ(response.headers[0].value,
              "AzureApiManagementKey realm=\"https://qondor.azure-api.net/Dev/Invoicing/v1\","
              "name=\"Ocp-Apim-Subscription-Key\",type=\"header\"");
  }
}

TEST(GatewayReply, WaitsInWholeSecondsRoundedUp) {
  const TimePoint now = FromUnixMicros(1'000'000'000);
  const auto after = [&](std::int64_t us) {
    return RetryAfter(now, FromUnixMicros(1'000'000'000 + us));
  };
  EXPECT_EQ(after(0), 1);
  EXPECT_EQ(after(1), 1);
  EXPECT_EQ(after(700'000), 1);
  EXPECT_EQ(after(1'000'000), 1);
  EXPECT_EQ(after(1'000'001), 2);
  EXPECT_EQ(after(86'400'000'000), 86'400);
}

TEST(GatewayReply, WritesTimesAsTimeSpansAre) {  // G7
  EXPECT_EQ(QuotaTime(1), "00:00:01");
  EXPECT_EQ(QuotaTime(2025), "00:33:45");
  EXPECT_EQ(QuotaTime(86'399), "23:59:59");
  EXPECT_EQ(QuotaTime(86'400), "1.00:00:00");
  EXPECT_EQ(QuotaTime(11 * 86'400 + 3'661), "11.01:01:01");
}

}  // namespace
}  // namespace kondor::qondor
