#include "mock_server/qondor/gateway/reply.h"

#include <algorithm>

#include "mock_server/secrets/random.h"

namespace kondor::qondor {
namespace {

// One blank inside each brace and after each ':' and ','; no newline at the end.
http::Response GatewayReply(int status, std::string_view message) {
  http::Response response;
  response.status = status;
  response.content_type = "application/json";  // no charset
  response.body = "{ \"statusCode\": " + std::to_string(status) + ", \"message\": \"" +
                  std::string(message) + "\" }";
  return response;
}

http::Response AccessDenied(Environment environment, std::string_view api,
                            std::string_view message) {
  http::Response response = GatewayReply(401, message);
  response.reason = "Access Denied";
  std::string challenge = "AzureApiManagementKey realm=\"https://qondor.azure-api.net/";
  challenge.append(ToText(environment)).append("/").append(api);
  challenge += "\",name=\"Ocp-Apim-Subscription-Key\",type=\"header\"";
  response.headers.push_back({"WWW-Authenticate", std::move(challenge)});
  return response;
}

http::Response TryLater(int status, std::int64_t seconds, std::string_view message) {
  http::Response response = GatewayReply(status, message);
  response.headers.push_back({"Retry-After", std::to_string(seconds)});
  return response;
}

std::string TwoDigits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

http::Response MissingKey(Environment environment, std::string_view api) {
  return AccessDenied(environment, api,
                      "Access denied due to missing subscription key. Make sure to include "
                      "subscription key when making requests to an API.");
}

http::Response InvalidKey(Environment environment, std::string_view api) {
  return AccessDenied(environment, api,
                      "Access denied due to invalid subscription key. Make sure to provide a "
                      "valid key for an active subscription.");
}

http::Response ResourceNotFound() { return GatewayReply(404, "Resource not found"); }

http::Response RateLimitExceeded(std::int64_t seconds) {
  return TryLater(429, seconds,
                  "Rate limit is exceeded. Try again in " + std::to_string(seconds) + " seconds.");
}

http::Response OutOfQuota(std::int64_t seconds, QuotaStatus status) {
  return TryLater(
      status == QuotaStatus::k403 ? 403 : 429, seconds,
      "Out of call volume quota. Quota will be replenished in " + QuotaTime(seconds) + ".");
}

http::Response InternalServerError() {
  http::Response response;
  response.status = 500;
  response.content_type = "application/json";
  response.body =
      "{ \"statusCode\": 500, \"message\": \"Internal server error\", \"activityId\": \"" +
      secrets::NewUuid() + "\" }";
  return response;
}

std::int64_t RetryAfter(TimePoint now, TimePoint admitted) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(admitted - now).count();
  return std::max<std::int64_t>(seconds, 1);
}

std::string QuotaTime(std::int64_t seconds) {
  constexpr std::int64_t kDay = 86'400;
  const std::string days = seconds >= kDay ? std::to_string(seconds / kDay) + "." : "";
  return days + TwoDigits(seconds % kDay / 3600) + ":" + TwoDigits(seconds % 3600 / 60) + ":" +
         TwoDigits(seconds % 60);
}

}  // namespace kondor::qondor
