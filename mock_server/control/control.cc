// Finds the route, reads the body, calls the handler. What is refused here says how to mend it.
#include "mock_server/control/control.h"

#include <array>
#include <utility>

#include "mock_server/control/visit.h"

namespace kondor {
namespace {

using control::BodyUse;
using control::Route;
using control::Visit;

std::array<std::span<const Route>, 8> Tables() {
  return {control::ServerRoutes(),  control::SandboxRoutes(), control::TimeAndLimitRoutes(),
          control::JournalRoutes(), control::KondadoRoutes(), control::QondorRoutes(),
          control::WebhookRoutes(), control::FaultRoutes()};
}

// Whether `path` is of that pattern; the segments at ":x" are captured, decoded.
bool Matches(std::string_view pattern, std::string_view path, std::vector<std::string>& captures) {
  captures.clear();
  while (!pattern.empty() && !path.empty()) {
    pattern.remove_prefix(1);
    if (path.front() != '/') return false;
    path.remove_prefix(1);
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    const std::string_view segment = path.substr(0, path.find('/'));
    if (wanted.front() == ':') {
      captures.push_back(http::PercentDecode(segment, http::PlusSign::kLiteral));
    } else if (wanted != segment) {
      return false;
    }
    pattern.remove_prefix(wanted.size());
    path.remove_prefix(segment.size());
  }
  return pattern.empty() && path.empty();
}

std::optional<http::Response> ReadBody(const Route& route, Visit& visit) {
  visit.body = Json::object();
  if (route.body == BodyUse::kNone) return {};
  const std::string& text = visit.request.body;
  if (text.empty()) {
    if (route.body == BodyUse::kOptional) return {};
    if (visit.request.FindHeader("Content-Length") == nullptr &&
        visit.request.FindHeader("Transfer-Encoding") == nullptr) {
      return OwnError(411, "LENGTH_REQUIRED", "send a JSON body with its Content-Length");
    }
    return OwnError(400, "BODY_REQUIRED", "send a JSON body");
  }
  Result<Json> body = ParseJson(text);
  if (!body) return OwnError(400, "BAD_JSON", body.error().message);
  if (!body->is_object()) return OwnError(400, "BAD_REQUEST", "the body must be an object");
  visit.body = std::move(body).value();
  return {};
}

// ":s" stands in the patterns of one sandbox, always first.
std::optional<http::Response> FindSandbox(const Route& route, Visit& visit) {
  if (route.pattern.find("/:s") == std::string_view::npos) return {};
  visit.sandbox = visit.sandboxes.Find(visit.captures.front());
  if (visit.sandbox != nullptr) return {};
  return OwnError(404, "UNKNOWN_SANDBOX",
                  "there is no sandbox of this name; GET /_kondor/sandboxes lists them");
}

http::Response Enter(const Route& route, Visit& visit) {
  if (auto refused = FindSandbox(route, visit)) return *std::move(refused);
  if (auto refused = ReadBody(route, visit)) return *std::move(refused);
  return route.handle(visit);
}

}  // namespace

Control::Control(ControlOptions options, Sandboxes& sandboxes, const Counters& counters)
    : own_host_(std::move(options.own_host)),
      token_(options.token.empty() ? std::nullopt : std::optional(secrets::Sha256(options.token))),
      sandboxes_(sandboxes),
      counters_(counters) {}

http::Response Control::Handle(const http::Request& request, std::string_view path) const {
  if (auto refused = Guard(request, path)) return *std::move(refused);
  Visit visit{request, http::Query(request.query), {}, {}, nullptr, sandboxes_, counters_};
  const std::string_view method = request.method == "HEAD" ? "GET" : request.method;
  std::string allowed;
  for (const std::span<const Route> table : Tables()) {
    for (const Route& route : table) {
      if (!Matches(route.pattern, path, visit.captures)) continue;
      if (route.method == method) return Enter(route, visit);
      allowed += std::string(route.method) + ", ";
      if (route.method == "GET") allowed += "HEAD, ";
    }
  }
  if (allowed.empty()) {
    return OwnError(404, "UNKNOWN_ROUTE",
                    "the control API has no such address; docs/CONTROL_API.md lists them");
  }
  allowed += "OPTIONS";
  http::Response response;
  if (method == "OPTIONS") {
    response.status = 204;
  } else {
    response = OwnError(405, "METHOD_NOT_ALLOWED", "use one of: " + allowed);
  }
  response.headers.push_back({"Allow", allowed});
  return response;
}

namespace control {

http::Response ErrorReply(const Error& error) {
  const std::string pointer = error.field.empty() ? "" : "/" + std::string(error.field) + ": ";
  switch (error.kind) {
    case ErrorKind::kInvalidArgument:
      return OwnError(400, "BAD_REQUEST", pointer + error.message);
    case ErrorKind::kNotFound:
      return OwnError(404, "NOT_FOUND", error.message);
    case ErrorKind::kAlreadyExists:
      return OwnError(409, "ALREADY_EXISTS", pointer + error.message);
    case ErrorKind::kStale:
      return OwnError(412, "STALE", error.message);
    case ErrorKind::kUnavailable:
      return OwnError(503, "UNAVAILABLE", error.message);
    default:
      break;  // the other kinds are a client's
  }
  return OwnError(500, "INTERNAL", error.message);
}

std::string BaseUrl(const http::Request& request) {
  const http::HeaderView* host = request.FindHeader("Host");
  return "http://" + std::string(host == nullptr ? "127.0.0.1" : host->value);
}

}  // namespace control
}  // namespace kondor
