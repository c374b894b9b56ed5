// kondor-call's exit codes: one for each kind of failure, with a line that says the mend.
#include <latch>

#include "tests/client/command/surroundings.h"

namespace kondor::client {
namespace {

std::string Refusal(const std::string& code) {
  return "{\"success\": false, \"error\": \"" + code + "\", \"message\": \"Says why.\"}";
}

void ExpectFailure(const Called& called, int code, const std::string& says) {
  EXPECT_EQ(called.code, code) << called.err;
  EXPECT_EQ(called.out, "");
  EXPECT_EQ(called.err.find("kondor-call: "), 0U) << called.err;
  EXPECT_NE(called.err.find(says), std::string::npos) << called.err;
  EXPECT_EQ(called.err.find('\n'), called.err.size() - 1) << called.err;
}

Called StatusFrom(const Stub::Reply& reply) {
  const Stub stub(reply);
  return Call({"kondado", "status", "7", "--tries", "1", "--strategy", "none"},
              {.environment = EnvironmentAt(stub.url())});
}

Called ProjectsFrom(const Stub::Reply& reply) {
  const Stub stub(reply);
  auto environment = EnvironmentAt(stub.url());
  environment.pop_back();  // no secondary key to go over to
  return Call({"qondor", "GET", "/Project/v1/Project/GetAll", "--tries", "1"},
              {.environment = environment});
}

TEST(CallFailures, KondadosHaveTheirCodes) {
  ExpectFailure(StatusFrom({200, Refusal("RATE_LIMIT_EXCEEDED")}), 3, "--timeout");
  ExpectFailure(StatusFrom({200, Refusal("INVALID_CREDENTIALS")}), 4, "active");
  ExpectFailure(StatusFrom({200, Refusal("PLAN_NOT_ALLOWED")}), 5, "plan");
  ExpectFailure(StatusFrom({200, Refusal("NOT_FOUND")}), 6, "Says why.");
  ExpectFailure(StatusFrom({200, Refusal("SOMETHING_ELSE")}), 7, "Says why.");
  ExpectFailure(StatusFrom({503, ""}), 9, "try again later");
  ExpectFailure(StatusFrom({200, "<html>"}), 10, "base URL");
  ExpectFailure(StatusFrom({200, "{}"}), 10, "\"7\" is missing");
}

TEST(CallFailures, QondorsHaveThemToo) {
  ExpectFailure(
      ProjectsFrom({429, R"({ "statusCode": 429, "message": "Rate limit is exceeded." })", "57"}),
      3, "Rate limit");
  ExpectFailure(ProjectsFrom({401, R"({ "statusCode": 401, "message": "Access denied" })"}), 4,
                "Access denied");
  ExpectFailure(ProjectsFrom({404, R"({ "statusCode": 404, "message": "Resource not found" })"}), 6,
                "Resource not found");
  ExpectFailure(ProjectsFrom({400, R"({"errors": {"ProjectId": ["must not be empty"]}})"}), 7,
                "ProjectId: must not be empty");
  ExpectFailure(ProjectsFrom({500, ""}), 9, "500");
  ExpectFailure(ProjectsFrom({200, "<html>"}), 10, "no JSON");
}

TEST(CallFailures, NobodyThereIsATransportFault) {
  std::string url;
  {
    const Stub gone(Stub::Reply{});
    url = gone.url();
  }
  ExpectFailure(
      Call({"kondado", "status", "7", "--tries", "1"}, {.environment = EnvironmentAt(url)}), 8,
      "base URL is right");
}

TEST(CallFailures, ATryHasItsOwnTime) {
  std::latch done(1);
  const Stub stub([&](const std::string&) {
    done.wait();
    return Stub::Reply{};
  });
  ExpectFailure(Call({"kondado", "status", "7", "--tries", "1", "--try-timeout", "0.2"},
                     {.environment = EnvironmentAt(stub.url())}),
                8, "in time");
  done.count_down();
}

TEST(CallFailures, CredentialsThatAreMissingAreNamed) {
  ExpectFailure(Call({"kondado", "status", "7"}, {}), 2, "KONDADO_KEY and KONDADO_TOKEN");
  ExpectFailure(Call({"hub", "tables"}, {}), 2, "KONDADO_VIA_TOKEN");
  ExpectFailure(Call({"hub", "table", "t"}, {}), 2, "KONDADO_VIA_TOKEN");
  ExpectFailure(Call({"kondado", "webhook", "7"}, {.input = "{}"}), 2, "KONDADO_TOKEN");
  ExpectFailure(Call({"qondor", "GET", "/x"}, {}), 2, "QONDOR_SUBSCRIPTION_KEY");
}

TEST(CallFailures, ABaseUrlThatIsNoneIsRefused) {
  const auto environment = EnvironmentAt("http://127.0.0.1:1");
  ExpectFailure(
      Call({"kondado", "status", "7", "--base-url", "127.0.0.1"}, {.environment = environment}), 2,
      "http://");
  ExpectFailure(
      Call({"kondado", "webhook", "7"}, {.environment = {"KONDADO_BASE_URL=http://127.0.0.1:1",
                                                         "KONDADO_KEY=k", "KONDADO_TOKEN=t"},
                                         .input = "{}"}),
      2, "KONDADO_WEBHOOK_BASE_URL");
}

}  // namespace
}  // namespace kondor::client
