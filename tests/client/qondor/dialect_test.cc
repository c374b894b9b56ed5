// What each answer of Qondor's means, and which of its two keys a call carries.
#include "client/qondor/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "client/call/asked_wait.h"
#include "client/qondor/read.h"
#include "tests/client/call/fakes.h"

namespace kondor::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using Key = QondorDialect::Key;

// Byte for byte as the gateway sends them.
constexpr const char* kG1 =
    R"({ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." })";
constexpr const char* kG2 =
    R"({ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." })";
constexpr const char* kG5 = R"({ "statusCode": 404, "message": "Resource not found" })";
constexpr const char* kG6 =
    R"({ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." })";
constexpr const char* kG7 =
    R"({ "statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 00:33:45." })";
constexpr const char* kG8 =
    R"({ "statusCode": 500, "message": "Internal server error", "activityId": "0b0f9b1e-0000-4000-8000-000000000000" })";
constexpr const char* kQ14 =
    R"({"errors": {"Name": ["is required", "is short"], "ProjectId": ["must be there"]}, "type": "t",
        "title": "One or more validation errors occurred.", "status": 400, "traceId": "00-1"})";

struct GatewayRow {
  const char* name;
  int status;
  std::string body;
  std::vector<Field> headers;
  ErrorKind kind;
  std::optional<Duration> hint;
  const char* message;
};

TEST(ReadQondor, TheBodiesAreAsLongAsTheRulesSay) {  // else the rows below prove nothing
  EXPECT_EQ(std::string(kG1).size(), 152U);
  EXPECT_EQ(std::string(kG2).size(), 143U);
  EXPECT_EQ(std::string(kG5).size(), 54U);
  EXPECT_EQ(std::string(kG6).size(), 84U);
}

TEST(ReadQondor, EachErrorIsDistinct) {
  const std::string html = "<html>nginx</html>";
  const GatewayRow rows[] = {
      {"G1",
       401,
       kG1,
       {{"WWW-Authenticate", "AzureApiManagementKey realm=\"x\""}},
       ErrorKind::kCredentials,
       {},
       "missing subscription key"},
      {"G2", 401, kG2, {}, ErrorKind::kCredentials, {}, "invalid subscription key"},
      {"G5", 404, kG5, {}, ErrorKind::kNotFound, {}, "Resource not found"},
      {"G6", 429, kG6, {{"Retry-After", "57"}}, ErrorKind::kRateLimited, seconds(57), "Rate limit"},
      {"G6 lower case", 429, kG6, {{"retry-after", "1"}}, ErrorKind::kRateLimited, seconds(1), ""},
      {"G6 without its header", 429, kG6, {}, ErrorKind::kRateLimited, seconds(57), ""},
      {"G6 with a date",
       429,
       kG6,
       {{"Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"}},
       ErrorKind::kRateLimited,
       seconds(57),
       ""},
      {"429 of nothing", 429, "", {}, ErrorKind::kRateLimited, {}, "429"},
      {"Retry-After of 10^12",
       429,
       kG6,
       {{"Retry-After", "1000000000000"}},
       ErrorKind::kRateLimited,
       kAskedWaitMax,
       ""},
      {"G7",
       403,
       kG7,
       {{"Retry-After", "2025"}},
       ErrorKind::kRateLimited,
       seconds(2025),
       "Out of call volume quota"},
      {"G7 as 429",
       429,
       kG7,
       {{"Retry-After", "2025"}},
       ErrorKind::kRateLimited,
       seconds(2025),
       "Out of call volume quota"},
      {"403 without a wait", 403, "", {}, ErrorKind::kRejected, {}, "403"},
      {"G8", 500, kG8, {}, ErrorKind::kServerFault, {}, "Internal server error"},
      {"503 that says when",
       503,
       "",
       {{"Retry-After", "3"}},
       ErrorKind::kServerFault,
       seconds(3),
       ""},
      {"502 in HTML", 502, html, {}, ErrorKind::kServerFault, {}, "502"},
      {"Q14",
       400,
       kQ14,
       {},
       ErrorKind::kRejected,
       {},
       "Name: is required: is short; ProjectId: must be there"},
      {"Q14 as 422",
       422,
       R"({"title": "A rule.", "status": 422})",
       {},
       ErrorKind::kRejected,
       {},
       "A rule."},
      {"Q14 of odd types",
       400,
       R"({"errors": {"A": 7, "B": [null, 1]}, "title": []})",
       {},
       ErrorKind::kRejected,
       {},
       "A; B"},
      {"Q14 of no field",
       400,
       R"({"errors": {"": ["A non-empty request body is required."]}})",
       {},
       ErrorKind::kRejected,
       {},
       "Qondor: A non-empty request body is required."},
      {"Q14 with a list",
       400,
       R"({"errors": ["a"], "title": 3, "message": {}})",
       {},
       ErrorKind::kRejected,
       {},
       "400"},
      {"QO6", 404, "", {}, ErrorKind::kNotFound, {}, "404"},
      {"412", 412, "", {}, ErrorKind::kStale, {}, "412"},
      {"a redirect",
       302,
       html,
       {{"Location", "https://elsewhere/"}},
       ErrorKind::kMalformed,
       {},
       "302"},
      {"a strange one", 199, "{}", {}, ErrorKind::kMalformed, {}, "199"},
      {"HTML for data", 200, html, {}, ErrorKind::kMalformed, {}, "no JSON"},
      {"half of it", 200, "[{\"id\": 1},", {}, ErrorKind::kMalformed, {}, "no JSON"},
      {"two of one name", 200, R"({"id": 1, "id": 2})", {}, ErrorKind::kMalformed, {}, "no JSON"},
      {"too deep", 200, std::string(100'000, '['), {}, ErrorKind::kMalformed, {}, "no JSON"},
  };
  for (const GatewayRow& row : rows) {
    const auto refusal = ReadQondor(Status(row.status, row.body, row.headers));
    ASSERT_TRUE(refusal) << row.name;
    EXPECT_EQ(refusal->kind, row.kind) << row.name;
    EXPECT_EQ(refusal->hint, row.hint) << row.name;
    EXPECT_THAT(refusal->message, HasSubstr(row.message)) << row.name;
    if (row.status >= 400) {
      EXPECT_EQ(refusal->code, std::to_string(row.status)) << row.name;
    }
  }
}

TEST(ReadQondor, JsonOrNothingIsAnAnswer) {  // Q12
  for (const char* body : {"", "[]", "{}", R"([{"id": 1}])", "true", "7"}) {
    EXPECT_FALSE(ReadQondor(Ok(body))) << body;
  }
}

class QondorKeys : public testing::Test {
 protected:
  std::string Sends() {
    Request request;
    used_ = dialect_.Prepare(request);
    return HeaderValue(request, "Ocp-Apim-Subscription-Key");
  }
  QondorDialect dialect_{{"primary-1", "secondary-1"}};
  CredentialsUsed used_ = 0;
};

TEST_F(QondorKeys, MoveToTheSecondaryOnceAndNotBack) {  // Q5
  EXPECT_EQ(Sends(), "primary-1");
  const CredentialsUsed first = used_;
  const auto said = dialect_.UseOthers(first);
  ASSERT_TRUE(said);
  EXPECT_THAT(*said, HasSubstr("secondary"));
  EXPECT_EQ(dialect_.in_use(), Key::kSecondary);
  EXPECT_EQ(Sends(), "secondary-1");
  EXPECT_TRUE(dialect_.UseOthers(first)) << "an older call, refused for the primary";
  EXPECT_EQ(dialect_.in_use(), Key::kSecondary);
  EXPECT_FALSE(dialect_.UseOthers(used_)) << "both are dead";
}

TEST_F(QondorKeys, MoveBackWhenTold) {
  Sends();
  dialect_.UseOthers(used_);
  dialect_.SetKey(Key::kPrimary, "primary-2");
  EXPECT_EQ(Sends(), "secondary-1") << "not by itself";
  dialect_.Use(Key::kPrimary);
  EXPECT_EQ(Sends(), "primary-2");
  EXPECT_TRUE(dialect_.UseOthers(used_)) << "and can move away again";
  EXPECT_EQ(Sends(), "secondary-1");
}

TEST_F(QondorKeys, ANewKeyIsForCallsUnderWayToo) {
  Sends();
  dialect_.SetKey(Key::kPrimary, "primary-2");
  EXPECT_TRUE(dialect_.UseOthers(used_));
  EXPECT_EQ(dialect_.in_use(), Key::kPrimary)
      << "the call before SetKey says nothing of the new key";
  EXPECT_EQ(Sends(), "primary-2");
}

TEST_F(QondorKeys, ANewKeyThatIsNotInUseChangesNothing) {
  Sends();
  dialect_.SetKey(Key::kSecondary, "secondary-2");
  ASSERT_TRUE(dialect_.UseOthers(used_));
  EXPECT_EQ(Sends(), "secondary-2");
}

TEST_F(QondorKeys, AreAllConcealed) {
  dialect_.SetKey(Key::kPrimary, "primary-2");
  dialect_.SetKey(Key::kPrimary, "primary-3");
  dialect_.SetKey(Key::kSecondary, "secondary-2");
  for (const char* key : {"primary-1", "primary-2", "primary-3", "secondary-1", "secondary-2"}) {
    EXPECT_EQ(dialect_.Conceal(key), "[secret]") << key;
  }
}

TEST(QondorDialect, WithoutASecondaryKeyThereAreNoOthers) {
  QondorDialect dialect({.primary_key = "primary-1"});
  Request request;
  EXPECT_FALSE(dialect.UseOthers(dialect.Prepare(request)));
}

}  // namespace
}  // namespace kondor::client
