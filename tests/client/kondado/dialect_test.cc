// What each answer of Kondado's means, whatever it may be.
#include "client/kondado/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "client/http/url.h"
#include "client/json/fields.h"
#include "client/kondado/read.h"
#include "client/kondado/replies.h"
#include "tests/client/call/fakes.h"

namespace kondor::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(ReadKondado, TheVendorsRefusalIsOneWithStatus200) {  // K5
  const auto refusal = ReadKondado(Ok(std::string(kRefused)));
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->kind, ErrorKind::kRateLimited);
  EXPECT_EQ(refusal->code, "RATE_LIMIT_EXCEEDED");
  EXPECT_EQ(refusal->hint, seconds(60));
  EXPECT_EQ(refusal->message, "Kondado: Too many requests. Please try again in 60 seconds.");
}

TEST(ReadKondado, TheWaitIsReadNotAssumed) {  // K6
  const auto hint = [](const char* message) {
    return ReadKondado(Envelope("RATE_LIMIT_EXCEEDED", message))->hint;
  };
  EXPECT_EQ(hint("Please try again in 7 seconds."), seconds(7));
  EXPECT_EQ(hint("Please try again in 2 minutes."), minutes(2));
  EXPECT_EQ(hint("Please try again in 0 seconds."), seconds(0));
  EXPECT_EQ(hint("Please try again in -1 seconds."), std::nullopt);
  EXPECT_EQ(hint("Please try again later."), std::nullopt);
}

struct CodeRow {
  const char* code;
  ErrorKind kind;
  int status;  // under the reading that uses statuses (KO6, KO7)
};

class KondadoCodeTest : public testing::TestWithParam<CodeRow> {};

TEST_P(KondadoCodeTest, MeansTheSameUnderEveryStatus) {  // KO6, KO7, KO10, OUR2
  const auto [code, kind, own_status] = GetParam();
  for (const int status : {200, 400, own_status}) {
    const auto refusal = ReadKondado(Envelope(code, "Some words.", status));
    ASSERT_TRUE(refusal) << code;
    EXPECT_EQ(refusal->kind, kind) << code << " " << status;
    EXPECT_EQ(refusal->code, code);
    EXPECT_EQ(refusal->message, "Kondado: Some words.");
    EXPECT_FALSE(refusal->hint);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Codes, KondadoCodeTest,
    testing::Values(CodeRow{"MISSING_CREDENTIALS", ErrorKind::kCredentials, 401},
                    CodeRow{"INVALID_CREDENTIALS", ErrorKind::kCredentials, 403},
                    CodeRow{"INACTIVE_TOKEN", ErrorKind::kCredentials, 401},
                    CodeRow{"PERMISSION_DENIED", ErrorKind::kCredentials, 403},
                    CodeRow{"PLAN_NOT_ALLOWED", ErrorKind::kPlan, 403},
                    CodeRow{"NOT_FOUND", ErrorKind::kNotFound, 404},
                    CodeRow{"UNKNOWN_ROUTE", ErrorKind::kNotFound, 404},
                    CodeRow{"METHOD_NOT_ALLOWED", ErrorKind::kRejected, 405},
                    CodeRow{"INVALID_PARAMETERS", ErrorKind::kInvalidArgument, 400},
                    CodeRow{"INVALID_BODY", ErrorKind::kInvalidArgument, 400},
                    CodeRow{"PIPELINE_DISABLED", ErrorKind::kRejected, 409},
                    CodeRow{"PIPELINE_BLOCKED", ErrorKind::kRejected, 409},
                    CodeRow{"PIPELINE_ALREADY_RUNNING", ErrorKind::kRejected, 409},
                    CodeRow{"A_WORD_OF_TOMORROW", ErrorKind::kRejected, 400}));

struct BodyRow {
  int status;
  std::string body;
  ErrorKind kind;
};

TEST(ReadKondado, WhatIsNoEnvelopeIsTakenByItsStatus) {
  const std::string html = "<html><body>Bad Gateway</body></html>";
  const BodyRow rows[] = {
      {200, "", ErrorKind::kMalformed},
      {200, html, ErrorKind::kMalformed},
      {200, R"({"2040": {"status": "act)", ErrorKind::kMalformed},  // cut off
      {200, "null", ErrorKind::kMalformed},
      {200, "true", ErrorKind::kMalformed},
      {200, "\"ok\"", ErrorKind::kMalformed},
      {200, "42", ErrorKind::kMalformed},
      {200, std::string(100'000, '['), ErrorKind::kMalformed},
      {200, std::string("{\"a\": \"\0\"}", 10), ErrorKind::kMalformed},
      {200, R"({"success": "false"})", ErrorKind::kMalformed},
      {200, R"({"success": 0})", ErrorKind::kMalformed},
      {200, R"({"success": null})", ErrorKind::kMalformed},
      {200, R"({"success": false, "success": true})", ErrorKind::kMalformed},
      {200, R"({"success": false})", ErrorKind::kRejected},
      {200, R"({"success": false, "error": 7, "message": []})", ErrorKind::kRejected},
      {301, "", ErrorKind::kMalformed},
      {302, html, ErrorKind::kMalformed},
      {307, R"({"2040": {}})", ErrorKind::kMalformed},
      {400, "", ErrorKind::kRejected},
      {401, html, ErrorKind::kCredentials},
      {403, "", ErrorKind::kCredentials},
      {404, html, ErrorKind::kNotFound},
      {404, R"({"detail": "none"})", ErrorKind::kNotFound},
      {429, html, ErrorKind::kRateLimited},
      {500, "", ErrorKind::kServerFault},
      {502, html, ErrorKind::kServerFault},
      {503, R"({"success": false, "error": "MAINTENANCE", "message": "m"})",
       ErrorKind::kServerFault},
      {503, R"({"success": true})", ErrorKind::kServerFault},
      {500, "[]", ErrorKind::kServerFault},
  };
  for (const BodyRow& row : rows) {
    const auto refusal = ReadKondado(Status(row.status, row.body));
    ASSERT_TRUE(refusal) << row.status << " " << row.body.substr(0, 80);
    EXPECT_EQ(refusal->kind, row.kind) << row.status << " " << row.body.substr(0, 80);
    EXPECT_FALSE(refusal->message.empty());
  }
}

TEST(ReadKondado, A429WithoutWordsOfOursHasItsRetryAfter) {
  const auto refusal = ReadKondado(Status(429, "slow down", {{"Retry-After", "9"}}));
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->hint, seconds(9));
}

TEST(ReadKondado, AHugeBodyIsReadToo) {
  std::string body = R"({"success": true, "data": [)";
  for (int i = 0; i < 50'000; ++i) body += R"({"tbl_name": "t"},)";
  body.back() = ']';
  EXPECT_FALSE(ReadKondado(Ok(body + "}")));
  EXPECT_TRUE(ReadKondado(Ok(body))) << "its end is missing";
}

TEST(ReadKondado, DataIsData) {
  for (const char* body : {R"({"success": true})", R"({"2040": {"status": "active"}})", "[]", "{}",
                           R"([{"success": false}])", R"({"data": {"success": false}})"}) {
    EXPECT_FALSE(ReadKondado(Ok(body))) << body;
  }
}

RC_GTEST_PROP(ReadKondado, NothingThatSaysNoSuccessIsData,
              (const std::string& name, const std::string& text, int number)) {
  Json body = {{"success", false}};
  if (name != "success") body[name] = number % 2 == 0 ? Json(text) : Json(number);
  body["data"] = {{"162", {{"status", "active"}}}};
  for (const int status : {200, 201, 204, 400, 429, 500}) {
    const std::string sent = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto refusal = ReadKondado(Status(status, sent));
    RC_ASSERT(refusal.has_value());
    RC_ASSERT(!ReadSuccess(sent).has_value());
    RC_ASSERT(!ReadModelStatus(sent, 162).has_value());
  }
}

TEST(KondadoDialect, PutsKeyAndTokenIntoTheQuery) {  // K1
  KondadoDialect dialect({"key-1", "token-1"});
  Request request{.query = {{"a", "b"}}};
  dialect.Prepare(request);
  EXPECT_EQ(EncodeQuery(request.query), "?a=b&key=key-1&token=token-1");
}

TEST(KondadoDialect, AfterASwapOldCallsMayTryTheNewOnes) {  // T5
  KondadoDialect dialect({"key-1", "token-1"});
  Request before, after;
  const CredentialsUsed old_used = dialect.Prepare(before);
  EXPECT_FALSE(dialect.UseOthers(old_used)) << "there are no others";
  dialect.Swap({"key-2", "token-2"});
  EXPECT_TRUE(dialect.UseOthers(old_used));
  const CredentialsUsed new_used = dialect.Prepare(after);
  EXPECT_EQ(QueryValue(after, "token"), "token-2");
  EXPECT_FALSE(dialect.UseOthers(new_used));
}

TEST(KondadoDialect, ConcealsEveryTokenItHasHad) {
  KondadoDialect dialect({"key-1", "token-1"});
  for (int i = 2; i < 6; ++i) dialect.Swap({"key", "token-" + std::to_string(i)});
  for (int i = 1; i < 6; ++i) {
    EXPECT_EQ(dialect.Conceal("is token-" + std::to_string(i)), "is [secret]") << i;
  }
}

TEST(ViaKondadoDialect, SendsItsTokenAlone) {  // H1
  ViaKondadoDialect dialect("via-1");
  Request request;
  const CredentialsUsed used = dialect.Prepare(request);
  EXPECT_EQ(EncodeQuery(request.query), "?token=via-1");
  EXPECT_FALSE(dialect.UseOthers(used));
  EXPECT_EQ(dialect.Conceal("via-1?"), "[secret]?");
  EXPECT_EQ(dialect.Read(Envelope("INVALID_CREDENTIALS", "No.", 401))->kind,
            ErrorKind::kCredentials);
}

}  // namespace
}  // namespace kondor::client
