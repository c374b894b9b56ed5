// The management REST of the gateway, as Azure's own clients speak it (ARM1-ARM5): who calls, which
// version, which service, and then one of the routes.
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/http/ascii.h"
#include "mock_server/qondor/api.h"
#include "mock_server/qondor/arm/arm_visit.h"

namespace kondor::qondor {
namespace {

std::array<std::span<const ArmRoute>, 3> ArmTables() {
  return {ArmSubscriptionRoutes(), ArmUserRoutes(), ArmProductRoutes()};
}

std::vector<std::string> DecodedSegments(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    segments.push_back(http::PercentDecode(segment, http::PlusSign::kLiteral));
    path.remove_prefix(segment.size());
  }
  return segments;
}

// What a service's id is made of; empty ones stand for names of the caller's choice, any will do.
constexpr std::array<std::string_view, 8> kServiceShape = {
    "subscriptions", "", "resourceGroups", "", "providers", "Microsoft.ApiManagement",
    "service",       ""};

// Takes the service off the front; nothing when none stands there.
std::optional<std::string> TakeService(std::vector<std::string>& segments) {
  if (segments.size() < kServiceShape.size()) return {};
  std::string service;
  for (std::size_t i = 0; i < kServiceShape.size(); ++i) {
    const std::string_view expected = kServiceShape[i];
    if (expected.empty() ? segments[i].empty() : !http::EqualsIgnoreCase(segments[i], expected)) {
      return {};
    }
    service.append("/").append(expected.empty() ? segments[i] : expected);
  }
  segments.erase(segments.begin(),
                 segments.begin() + static_cast<std::ptrdiff_t>(kServiceShape.size()));
  return service;
}

bool MatchesArm(std::string_view pattern, const std::vector<std::string>& segments,
                std::vector<std::string>& ids) {
  ids.clear();
  for (const std::string& segment : segments) {
    if (pattern.empty()) return false;
    pattern.remove_prefix(1);
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    if (wanted.front() == ':') {
      if (segment.empty()) return false;
      ids.push_back(segment);
    } else if (!http::EqualsIgnoreCase(wanted, segment)) {
      return false;
    }
    pattern.remove_prefix(wanted.size());
  }
  return pattern.empty();
}

std::optional<Answer> RefuseCaller(const http::Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const http::HeaderView* header = request.FindHeader("Authorization");
  const bool bearer = header != nullptr && header->value.size() > kBearer.size() &&
                      http::EqualsIgnoreCase(header->value.substr(0, kBearer.size()), kBearer);
  if (bearer) return {};  // any token will do
  Answer answer = header == nullptr
                      ? ArmError(401, "AuthenticationFailed",
                                 "Authentication failed. The 'Authorization' header is missing.")
                      : ArmError(401, "AuthenticationFailedInvalidHeader",
                                 "Authentication failed. The 'Authorization' header is provided in "
                                 "an invalid format.");
  answer.response.headers.push_back({"WWW-Authenticate", "Bearer"});
  return answer;
}

std::optional<Answer> ReadArmBody(const ArmRoute& route, ArmVisit& visit) {
  visit.body = Json::object();
  if (route.body == ArmRoute::Body::kNone) return {};
  Result<Json> body = ParseJson(visit.call.request.body);
  if (body && body->is_object()) {
    visit.body = std::move(body).value();
    return {};
  }
  return ArmError(400, "InvalidRequestContent",
                  body ? "The request content must be a JSON object."
                       : "The request content was invalid and could not be deserialized: " +
                             body.error().message);
}

Answer AnswerRoute(const Call& call, const World& world, TimePoint now) {
  if (auto refused = RefuseCaller(call.request)) return *std::move(refused);
  const std::string* version = call.query.First("api-version");
  if (version == nullptr || version->empty()) {
    return ArmError(
        400, "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.");
  }
  std::vector<std::string> segments = DecodedSegments(call.path);
  const std::optional<std::string> service = TakeService(segments);
  if (!service) return ArmError(404, kUnknownArmRoute, "There is no resource at this path.");
  ArmVisit visit{call, world, now, *service, {}, {}};
  const std::string_view method = call.request.method == "HEAD" ? "GET" : call.request.method;
  std::string allowed;
  for (const std::span<const ArmRoute> table : ArmTables()) {
    for (const ArmRoute& route : table) {
      if (!MatchesArm(route.pattern, segments, visit.ids)) continue;
      if (route.method == method) {
        if (auto refused = ReadArmBody(route, visit)) return *std::move(refused);
        return route.handle(visit);
      }
      allowed.append(allowed.empty() ? "" : ", ").append(route.method);
      if (route.method == "GET") allowed += ", HEAD";
    }
  }
  if (allowed.empty()) {
    return ArmError(404, kUnknownArmRoute, "There is no resource at this path.");
  }
  Answer answer = ArmError(405, "MethodNotAllowed", "Use one of: " + allowed);
  answer.response.headers.push_back({"Allow", allowed});
  return answer;
}

}  // namespace

Answer AnswerArm(const Call& call, const World& world) {
  const TimePoint now = world.clock.Now();
  Answer answer = AnswerRoute(call, world, now);
  answer.at = now;
  return answer;
}

}  // namespace kondor::qondor
