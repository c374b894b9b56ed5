#include "mock_server/openapi/qondor_answers.h"

#include <cstdlib>
#include <string>

#include "mock_server/front/own_reply.h"
#include "mock_server/openapi/qondor_schemas.h"
#include "mock_server/qondor/backend/backend.h"
#include "mock_server/qondor/gateway/reply.h"

namespace kondor::openapi {
namespace {

using http::Response;
using qondor::Environment;

constexpr const char* kTraceId = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

Json BodyOf(const Response& response) {
  return Json::parse(response.body, nullptr, /*allow_exceptions=*/false);
}

Json Example(const char* summary, Json value) {
  return {{"summary", summary}, {"value", std::move(value)}};
}

Json Content(const char* type, Json schema, Json examples) {
  Json content = Json::object();
  content[type] = {{"schema", std::move(schema)}, {"examples", std::move(examples)}};
  return content;
}

Json Gateway(const char* description, Json examples) {
  return {{"description", description},
          {"content", Content("application/json", SchemaRef("GatewayError"), std::move(examples))}};
}

Json TextHeader(const char* name, const char* description, const char* type) {
  Json header = Json::object();
  header[name] = {{"description", description}, {"schema", {{"type", type}}}};
  return header;
}

// What the mock's Dev environment, as the built-in seed fills it, answers to a call that it
// refuses.
Json RefusalOf(const char* method, const char* path, const char* body) {
  qondor::Backend backend(Environment::kDev, qondor::DefaultBackendSeed());
  http::Request request;
  request.method = method;
  request.body = body;
  const auto route = qondor::Contract::Get().Find(method, path);
  if (!route) std::abort();  // a broken build; every test of the documents says so
  const auto answer =
      backend.Answer(*route, http::Query(""), request, TimePoint(), QondorSettings());
  Json problem = BodyOf(answer.response);
  if (problem.contains("traceId")) problem["traceId"] = kTraceId;  // another one every time
  return problem;
}

Json BadRequest() {
  constexpr const char* kProjects = "/Project/v1/Project";
  const Json invalid = RefusalOf("POST", kProjects, R"({"name": "P"})");
  const Json rule =
      RefusalOf("POST", kProjects, R"({"officeId": 2, "name": "P", "customerId": 9})");
  Json examples{{"validation", Example("A field that is missing or of another type", invalid)},
                {"businessRule", Example("A broken business rule: no traceId", rule)}};
  return {
      {"description", "The body or a parameter is not valid, or a business rule is broken (Q14)."},
      {"content",
       Content("application/problem+json", SchemaRef("ValidationProblem"), std::move(examples))}};
}

// From the mock's own edge: no gateway's.
Json BodyTooLarge() {
  const Response response =
      OwnError(413, "BODY_TOO_LARGE", "The request body is too large; send less.");
  return {
      {"description", "The body is over 8 MiB; the mock's own answer (docs/HTTP.md)."},
      {"content", Content("application/json", SchemaRef("EdgeError"),
                          {{"tooLarge", Example("More than the mock reads", BodyOf(response))}})}};
}

Json Unauthorized() {
  Json examples{
      {"missing", Example("No key (G1)", BodyOf(qondor::MissingKey(Environment::kProd, "")))},
      {"invalid", Example("An unknown or regenerated key, another product's, or one of a "
                          "subscription that is not active (G2)",
                          BodyOf(qondor::InvalidKey(Environment::kProd, "")))}};
  Json answer = Gateway("The gateway knows no key that opens this (G1, G2).", std::move(examples));
  answer["headers"] =
      TextHeader("WWW-Authenticate", "With the API's own path in its realm (G3).", "string");
  return answer;
}

Json NotFound() {
  Json answer = Gateway(
      "The gateway knows no such path or method (G5), or the backend no such id "
      "(QO6; empty under the setting qondor.unknown_id).",
      {{"noRoute", Example("Unknown path or wrong method", BodyOf(qondor::ResourceNotFound()))}});
  answer["content"].update(Content(
      "application/problem+json", SchemaRef("NotFoundProblem"),
      {{"unknownId",
        Example("Nothing has this id", RefusalOf("GET", "/Customer/v1/Customer/999", ""))}}));
  return answer;
}

Json RetryLater(const char* description, Json examples) {
  Json answer = Gateway(description, std::move(examples));
  answer["headers"] = TextHeader("Retry-After", "Whole seconds, at least 1.", "integer");
  return answer;
}

}  // namespace

Json QondorRefusals() {
  const Json quota =
      Example("100 000 calls in 24 hours", BodyOf(qondor::OutOfQuota(2025, QuotaStatus::k429)));
  const Json quota_403 =
      Example("100 000 calls in 24 hours", BodyOf(qondor::OutOfQuota(2025, QuotaStatus::k403)));
  Json broken = BodyOf(qondor::InternalServerError());
  broken["activityId"] = "5f0c4a1e-7d2b-4c39-9a86-1b2c3d4e5f60";
  Json refusals = Json::object();
  refusals["BadRequest"] = BadRequest();
  refusals["Unauthorized"] = Unauthorized();
  refusals["QuotaForbidden"] =
      RetryLater("Over the day's quota, under the setting qondor.quota_status 403 (QO1, G7).",
                 {{"quota", quota_403}});
  refusals["NotFound"] = NotFound();
  refusals["BodyTooLarge"] = BodyTooLarge();
  refusals["TooManyRequests"] =
      RetryLater("Over the rate (G6) or the day's quota (Q7, G7) of the subscription.",
                 {{"rate", Example("10 calls in a second", BodyOf(qondor::RateLimitExceeded(1)))},
                  {"quota", quota}});
  refusals["InternalServerError"] =
      Gateway("The backend broke (G8).", {{"broken", Example("With an activity id", broken)}});
  return refusals;
}

Json QondorRefusalRefs(Takes takes) {
  Json refs = Json::object();
  const auto add = [&refs](const char* status, const char* name) {
    refs[status] = Json::object();
    refs[status]["$ref"] = "#/components/responses/" + std::string(name);
  };
  add("400", "BadRequest");
  add("401", "Unauthorized");
  add("403", "QuotaForbidden");
  add("404", "NotFound");
  if (takes == Takes::kBody) add("413", "BodyTooLarge");
  add("429", "TooManyRequests");
  add("500", "InternalServerError");
  return refs;
}

}  // namespace kondor::openapi
