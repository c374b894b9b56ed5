// Drift: against a vendor that has changed in one thing, every difference is found within 40 calls
// and named by its rule; against one that has not, nothing is reported.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/scenarios/live/live_run.h"

namespace kondor::live {
namespace {

using client::Request;
using client::Response;
using nlohmann::json;

constexpr int kBudget = 40;
constexpr int kRefusals = 6;

struct Mutation {
  const char* name;
  Vendor vendor;
  const char* rule;  // whose difference it is
  json settings = json::object();
  Rewrite rewrite = {};
};

void PrintTo(const Mutation& mutation, std::ostream* out) { *out << mutation.name; }

void Replace(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
}

// In answers to that path, or to all.
Rewrite Body(const std::string& path, const std::string& what, const std::string& by) {
  return [=](const Request& request, Response& response) {
    if (request.path.find(path) != std::string::npos) Replace(response.body, what, by);
  };
}

Rewrite Status(int from, int to, const std::string& in_body) {
  return [=](const Request&, Response& response) {
    const bool fits = response.body.find(in_body) != std::string::npos;
    if (response.status == from && fits) response.status = to;
  };
}

Rewrite Json(const std::string& path, void (*change)(json&)) {
  return [=](const Request& request, Response& response) {
    if (request.path.find(path) == std::string::npos) return;
    json body = json::parse(response.body, nullptr, false);
    if (body.is_discarded() || (body.is_object() && !body.value("success", true))) return;
    change(body);
    response.body = body.dump();
  };
}

Rewrite WithHeader(const std::string& in_body, const std::string& name, const std::string& value) {
  return [=](const Request&, Response& response) {
    if (response.body.find(in_body) != std::string::npos) response.headers.push_back({name, value});
  };
}

Rewrite HeaderNamed(const std::string& name, const std::string& by) {
  return [=](const Request&, Response& response) {
    for (client::Field& header : response.headers) {
      if (header.name == name) header.name = by;
    }
  };
}

std::vector<Mutation> KondadoMutations() {
  constexpr Vendor k = Vendor::kKondado;
  const std::string over = "RATE_LIMIT_EXCEEDED";
  return {
      {"TwoPerSecond", k, "K4", {{"kondado", {{"per_second", 2}}}}},
      {"ThirtyPerMinute", k, "K4", {{"kondado", {{"per_minute", 30}}}}},
      {"TenPerMinute", k, "K4", {{"kondado", {{"per_minute", 10}}}}},
      {"NoLimitPerSecond", k, "K4", {{"kondado", {{"per_second", 0}}}}},
      {"WaitOf30Seconds", k, "K6", {}, Body("", "again in 60 seconds", "again in 30 seconds")},
      {"RefusedWith429", k, "K5", {}, Status(200, 429, over)},
      {"RefusedInOtherWords", k, "K5", {}, Body("", "Too many requests", "Slow down")},
      {"RefusedWithAnotherCode", k, "K5", {}, Body("", over, "TOO_MANY_REQUESTS")},
      {"RefusedWithRetryAfter", k, "K5", {}, WithHeader(over, "Retry-After", "60")},
      {"StatusLacksRawMsg", k, "K9", {}, Body("/status", R"(, "raw_msg": null)", "")},
      {"StatusFieldRenamed", k, "K9", {}, Body("/status", "is_blocked", "isBlocked")},
      {"StatusIsWrapped",
       k,
       "K9",
       {},
       Json("/pipelines/",
            [](json& body) {
              body = json{{"success", true}, {"data", body}};
            })},
      {"AnotherWordForActive", k, "K10", {}, Body("/pipelines/", R"("active")", R"("idle")")},
      {"ModelIsNotWrapped",
       k,
       "K11",
       {},
       Json("/models/", [](json& body) { body = json(body["data"]); })},
      {"ModelFlagIsANumber",
       k,
       "K11",
       {},
       Body("/models/", R"("is_active": true)", R"("is_active": 1)")},
      {"DatesHaveNoMilliseconds", k, "K12", {}, Body("_collections/src", ".904Z", "Z")},
      {"NamesAreInOneCase", k, "K12", {}, Body("_collections/src", "createdAt", "created_at")},
      {"DestinationsHaveNoLinks", k, "K13", {}, Body("_collections/dest", "_links", "links")},
      {"DestinationsAreNoList",
       k,
       "K13",
       {},
       Json("_collections/dest",
            [](json& body) {
              body["data"] = json{{"items", body["data"]}};
            })},
      {"BillableIsANumber", k, "K14", {}, Body("parent_pipelines", "true}", "1}")},
      {"CollectionIsNoList",
       k,
       "K14",
       {},
       Json("parent_pipelines", [](json& body) { body["data"] = json(body["data"][0]); })},
      {"TableIdIsText",
       k,
       "H1",
       {},
       Body("kdd_show_tables", R"("tbl_id": 501)", R"("tbl_id": "501")")},
      {"TableNamesAreBare",
       k,
       "H1",
       {},
       Json("/show_tables",
            [](json& body) {
              for (auto& row : body) row = row["tbl_name"];
            })},
      {"BadCredentialsAre401", k, "KO6", {{"kondado", {{"auth_error", "401_envelope"}}}}},
      {"BadCredentialsAreAPage",
       k,
       "KO6",
       {},
       [](const Request&, Response& response) {
         if (response.body.find("CREDENTIALS") == std::string::npos) return;
         response.status = 401;
         response.body = "<h1>Unauthorized</h1>";
       }},
      {"UnknownIdsAre404", k, "KO7", {{"kondado", {{"failure_status", "4xx"}}}}},
      {"HubAnswers403", k, "KO10", {{"kondado", {{"hub_error_status", "403"}}}}},
      {"WindowIsAligned", k, "KO1", {{"kondado", {{"window", "fixed_aligned"}}}}},
      {"WindowIsGcra", k, "KO1", {{"kondado", {{"window", "gcra"}}}}},
      {"BreachLocksOut", k, "KO2", {{"kondado", {{"lockout", "from_breach"}}}}},
      {"RefusalsCount", k, "KO3", {{"kondado", {{"refused_count", "yes"}}}}},
      {"CountersAreOfPairs", k, "KO4", {{"kondado", {{"scope", "pair"}}}}},
      {"StrangersDoNotCount", k, "KO5", {{"kondado", {{"count_unauthenticated", "no"}}}}},
  };
}

std::vector<Mutation> QondorMutations() {
  constexpr Vendor q = Vendor::kQondor;
  return {
      {"NoKeyInOtherWords",
       q,
       "G1",
       {},
       Body("", "missing subscription key. Make", "missing key. Make")},
      {"NoKeyIs403", q, "G1", {}, Status(401, 403, "missing subscription key")},
      {"BadKeyInOtherWords", q, "G2", {}, Body("", "invalid subscription key", "unknown key")},
      {"BadKeyIs403", q, "G2", {}, Status(401, 403, "invalid subscription key")},
      {"ChallengeIsGone", q, "G3", {}, HeaderNamed("WWW-Authenticate", "X-Authenticate")},
      {"ChallengeNamesAnotherHeader",
       q,
       "G3",
       {},
       [](const Request&, Response& response) {
         for (client::Field& header : response.headers) {
           Replace(header.value, "Ocp-Apim-Subscription-Key", "X-Api-Key");
         }
       }},
      {"QueryBeforeHeader",
       q,
       "G4",
       {},
       [](const Request& request, Response& response) {
         const bool both = !request.query.empty() && request.query[0].name == "subscription-key";
         if (both && response.status == 401) response = {200, response.headers, "[]"};
       }},
      {"NotFoundInOtherWords", q, "G5", {}, Body("/Nothing/", "Resource not found", "Not found")},
      {"RefusedWith503", q, "G6", {}, Status(429, 503, "Rate limit")},
      {"RefusalNamesNoTime", q, "G6", {}, HeaderNamed("Retry-After", "X-Retry-After")},
      {"RefusalInOtherWords", q, "G6", {}, Body("", "Rate limit is exceeded", "Too many requests")},
      {"RemainingCallsAreTold", q, "G11", {}, WithHeader("", "X-RateLimit-Remaining", "9")},
      {"TwentyPerSecond", q, "Q7", {{"qondor", {{"per_second", 20}}}}},
      {"FivePerSecond", q, "Q7", {{"qondor", {{"per_second", 5}}}}},
      {"ListsHaveAnEnvelope",
       q,
       "Q12",
       {},
       Json("/Project/v1/Project/GetAll",
            [](json& body) {
              if (body.is_array()) body = json{{"items", body}};
            })},
      {"NoTextOfEnums", q, "Q12", {}, Body("/Project/GetAll", "statusText", "status_text")},
      {"InvoicesHaveNoId", q, "Q15", {}, Body("Invoice", R"("id")", R"("invoiceId")")},
      {"WindowIsABucket", q, "QO2", {{"qondor", {{"window", "token_bucket"}}}}},
      {"KeyInQueryIsNotTaken", q, "QO4", {{"qondor", {{"query_key", "no"}}}}},
      {"UnknownIdIsEmpty", q, "QO6", {{"qondor", {{"unknown_id", "empty"}}}}},
  };
}

LiveCase CaseOf(const Mutation& mutation) {
  LiveCase live{mutation.vendor, mutation.settings, mutation.rewrite};
  live.options.plan = {.budget = kBudget, .refusals = kRefusals};
  return live;
}

std::string ReportOf(const LiveResult& result) {
  return DriftReport(result.prepared, result.outcome, scenarios::Colour::kNo);
}

class DriftTest : public testing::TestWithParam<Mutation> {};

TEST_P(DriftTest, IsFoundWithinFortyCallsAndNamedByRule) {
  const LiveResult result = RunLive(CaseOf(GetParam()));
  EXPECT_EQ(result.outcome.findings.Of(GetParam().rule), Verdict::kDiffers) << ReportOf(result);
  EXPECT_LE(result.seen, kBudget);
  EXPECT_EQ(result.seen, result.outcome.calls);
}

const auto kNameOfMutation = [](const auto& mutation) { return std::string(mutation.param.name); };
INSTANTIATE_TEST_SUITE_P(Kondado, DriftTest, testing::ValuesIn(KondadoMutations()),
                         kNameOfMutation);
INSTANTIATE_TEST_SUITE_P(Qondor, DriftTest, testing::ValuesIn(QondorMutations()), kNameOfMutation);

TEST(NoDrift, OfKondadoNothingIsReported) {
  const LiveResult result = RunLive(CaseOf({"none", Vendor::kKondado, ""}));
  EXPECT_EQ(result.outcome.findings.Count(Verdict::kDiffers), 0U) << ReportOf(result);
  EXPECT_GE(result.outcome.findings.Count(Verdict::kHolds), 14U) << ReportOf(result);
  EXPECT_EQ(result.outcome.findings.Of("K4"), Verdict::kHolds) << ReportOf(result);
  EXPECT_LE(result.refused, kRefusals);
  EXPECT_LE(result.seen, kBudget);
}

TEST(NoDrift, OfQondorNothingIsReported) {
  const LiveResult result = RunLive(CaseOf({"none", Vendor::kQondor, ""}));
  EXPECT_EQ(result.outcome.findings.Count(Verdict::kDiffers), 0U) << ReportOf(result);
  EXPECT_GE(result.outcome.findings.Count(Verdict::kHolds), 13U) << ReportOf(result);
  EXPECT_LE(result.refused, kRefusals);
}

TEST(NoDrift, WithoutLeaveNoRefusalIsProvokedUnderAnyReading) {
  for (const char* window : {"sliding_log", "fixed_from_first", "fixed_aligned", "sliding_counter",
                             "token_bucket", "gcra"}) {
    LiveCase live{Vendor::kKondado, {{"kondado", {{"window", window}, {"limited_hosts", "all"}}}}};
    const LiveResult result = RunLive(live);
    EXPECT_EQ(result.refused, 0) << window;
    EXPECT_EQ(result.outcome.findings.Count(Verdict::kDiffers), 0U) << ReportOf(result);
    EXPECT_GE(result.outcome.findings.Count(Verdict::kHolds), 9U) << ReportOf(result);
  }
}

TEST(NoDrift, WithoutTheMeansToReachALimitNothingIsSaidOfIt) {
  for (const auto& [per_minute, refusals] : {std::pair{10, 1}, {100, 2}, {20, 1}}) {
    LiveCase live{Vendor::kKondado, {{"kondado", {{"per_minute", per_minute}}}}};
    live.options.plan = {.budget = kBudget, .refusals = refusals};
    const LiveResult result = RunLive(live);
    EXPECT_EQ(result.outcome.findings.Of("K4"), Verdict::kNotChecked) << ReportOf(result);
    EXPECT_LE(result.refused, refusals) << ReportOf(result);
  }
}

TEST(NoDrift, NoMoreRefusalsAreProvokedThanAllowed) {
  for (const int refusals : {1, 3}) {
    LiveCase live{Vendor::kQondor, {{"qondor", {{"per_second", 2}}}}};
    live.options.plan = {.budget = kBudget, .refusals = refusals, .rules = {"Q7", "QO2"}};
    const LiveResult result = RunLive(live);
    EXPECT_EQ(result.outcome.findings.Of("Q7"), Verdict::kDiffers) << ReportOf(result);
    EXPECT_EQ(result.refused, refusals);
  }
}

TEST(NoDrift, ASpentBudgetIsWhyTheRestIsNotChecked) {
  LiveCase live{Vendor::kKondado};
  live.options.plan = {.budget = 4};
  const LiveResult result = RunLive(live);
  EXPECT_EQ(result.seen, 4);
  const std::string report = ReportOf(result);
  EXPECT_NE(report.find("the budget of calls is spent"), std::string::npos) << report;
  EXPECT_EQ(report.find("cancelled"), std::string::npos) << report;
  EXPECT_EQ(report.find("name one with"), std::string::npos) << report;
}

TEST(NoDrift, AnOutageTellsNothingOfTheRules) {
  LiveCase live{Vendor::kKondado, {}, [](const Request&, Response& response) {
                  response = {500, {}, "<h1>Internal Server Error</h1>"};
                }};
  const LiveResult result = RunLive(live);
  EXPECT_EQ(result.outcome.findings.Count(Verdict::kDiffers), 0U) << ReportOf(result);
  EXPECT_EQ(result.outcome.findings.Count(Verdict::kHolds), 0U) << ReportOf(result);
}

TEST(NoDrift, WhatWasCalledBeforeTheRunIsNotHeldAgainstTheVendor) {
  LiveCase live{Vendor::kKondado, {{"kondado", {{"lockout", "from_breach"}}}}};
  live.calls_before = 2;
  const LiveResult result = RunLive(live);
  EXPECT_GE(result.refused, 1);
  EXPECT_EQ(result.outcome.findings.Count(Verdict::kDiffers), 0U) << ReportOf(result);
}

TEST(NoDrift, WithoutLeaveStricterLimitsShowAllTheSame) {
  LiveCase live{Vendor::kKondado, {{"kondado", {{"per_minute", 5}}}}};
  EXPECT_EQ(RunLive(live).outcome.findings.Of("K4"), Verdict::kDiffers);
}

}  // namespace
}  // namespace kondor::live
