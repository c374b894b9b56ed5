#include "scenarios/run/session.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace kondor::scenarios {
namespace {

constexpr std::string_view kSandboxes = "/_kondor/sandboxes";

std::string_view PathOf(Surface surface) {
  constexpr std::array<std::string_view, 8> paths = {"/k2",     "/k1",     "/hub", "/app",
                                                     "/qondor", "/portal", "/arm", ""};
  return paths[static_cast<std::size_t>(surface)];
}

// {"kondado.window": "gcra"} as the control API nests it, over those of `base`.
Json Nested(const Reading& settings, Json base) {
  Json nested = std::move(base);
  for (const auto& [name, value] : settings) {
    const std::size_t dot = name.find('.');
    nested[name.substr(0, dot)][name.substr(dot + 1)] = value;
  }
  return nested;
}

bool Has(const Headers& headers, std::string_view name) {
  return std::ranges::any_of(headers, [&](auto& header) { return SameName(header.first, name); });
}

void AddLength(Request& request) {
  if (!Has(request.headers, "Content-Length") && !Has(request.headers, "Transfer-Encoding")) {
    request.headers.emplace_back("Content-Length", std::to_string(request.body.size()));
  }
}

// Adds a pair to the query of `target`.
void AddQuery(std::string& target, std::string_view name, std::string_view value) {
  target += target.find('?') == std::string::npos ? '?' : '&';
  target += PercentEncoded(name) + "=" + PercentEncoded(value);
}

}  // namespace

Session::~Session() {
  if (sandbox_.empty()) return;
  static_cast<void>(connection_.Exchange(ControlRequest("DELETE", "", {})));
}

Result<void> Session::Open(const Instance& instance) {
  variables_.Set("origin", target_.url().Text());
  variables_.Set("authority", target_.url().Authority());
  variables_.Set("arm",
                 "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg/providers/"
                 "Microsoft.ApiManagement/service/qondor");
  if (!target_.has_control()) {
    TakeEnvironment();
    return {};
  }
  creation_ = {{"clock", {{"mode", "manual"}, {"now", instance.now}}},
               {"settings", Nested(instance.settings, target_.settings())}};
  if (instance.seed) creation_["seed"] = *instance.seed;
  const Result<Reply> reply =
      connection_.Exchange(ControlRequest("POST", std::string(kSandboxes), creation_));
  if (!reply) return Unexpected(reply.error());
  const Json sandbox = Json::parse(reply->body, nullptr, false);
  if (reply->status != 201 || !sandbox.is_object()) {
    return Unexpected(ErrorKind::kRejected, "no sandbox: " + std::to_string(reply->status) + " " +
                                                reply->body.substr(0, 400));
  }
  TakeSandbox(sandbox);
  return {};
}

void Session::TakeSandbox(const Json& sandbox) {
  sandbox_ = sandbox.value("name", "");
  variables_.Set("sandbox", sandbox_);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> places = {
      {{"user.key", "/kondado/key"},
       {"user.token", "/kondado/token"},
       {"via.token", "/kondado/via_kondado_token"},
       {"production.id", "/qondor/production/id"},
       {"production.primary", "/qondor/production/primary_key"},
       {"production.secondary", "/qondor/production/secondary_key"},
       {"test.id", "/qondor/test/id"},
       {"test.primary", "/qondor/test/primary_key"},
       {"test.secondary", "/qondor/test/secondary_key"}}};
  for (const auto& [name, pointer] : places) {
    const Json::json_pointer place{std::string(pointer)};
    if (sandbox.contains(place)) variables_.Set(std::string(name), sandbox.at(place));
  }
}

void Session::TakeEnvironment() {
  for (const std::string name : {"user.key", "user.token", "via.token", "production.primary",
                                 "production.secondary", "test.primary", "test.secondary"}) {
    const char* value = std::getenv(EnvironmentName(name).c_str());
    if (value != nullptr) variables_.Set(name, value);
  }
}

// Below the target's own path.
std::string Session::PathTo(Surface surface) const {
  std::string path;
  if (!sandbox_.empty() && surface != Surface::kRoot) path += "/@" + sandbox_;
  if (!target_.surface()) path += PathOf(surface);
  return path;
}

std::string Session::BaseUrl(Surface surface) const {
  return target_.url().Text() + PathTo(surface);
}

Request Session::VendorRequest(const Call& call) const {
  Request request;
  request.method = call.method;
  request.target = target_.url().path + PathTo(call.surface) + variables_.FillText(call.path);
  const bool has_host = Has(call.headers, "Host");
  if (!has_host) request.headers.emplace_back("Host", target_.url().Authority());
  if (!sandbox_.empty() && call.surface == Surface::kRoot) {
    request.headers.emplace_back("Kondor-Sandbox", sandbox_);
  }
  for (const auto& [name, value] : call.query) {
    AddQuery(request.target, name, variables_.FillText(value));
  }
  if (call.with == "bearer") {
    request.headers.emplace_back("Authorization", "Bearer any-token-will-do");
  } else if (call.with != "none" && call.surface == Surface::kQondor) {
    request.headers.emplace_back("Ocp-Apim-Subscription-Key", variables_.Text(call.with));
  } else if (call.with != "none") {
    if (call.surface != Surface::kHub) {
      AddQuery(request.target, "key", variables_.Text(call.with + ".key"));
    }
    AddQuery(request.target, "token", variables_.Text(call.with + ".token"));
  }
  if (!call.ip.empty()) request.headers.emplace_back("Kondor-Client-Ip", call.ip);
  for (const auto& [name, value] : call.headers) {
    request.headers.emplace_back(name, variables_.FillText(value));
  }
  if (call.body) {
    request.body = variables_.FillText(*call.body);
    AddLength(request);
  }
  return request;
}

Request Session::ControlRequest(const std::string& method, const std::string& path,
                                const std::optional<Json>& body) const {
  Request request;
  request.method = method;
  request.target = target_.url().path;
  if (!path.starts_with("/_kondor")) request.target += std::string(kSandboxes) + "/" + sandbox_;
  request.target += variables_.FillText(path);
  request.headers.emplace_back("Host", target_.url().Authority());
  if (!target_.control_token().empty()) {
    request.headers.emplace_back("Kondor-Control-Token", target_.control_token());
  }
  if (body) request.body = variables_.Fill(*body).dump();
  if (body || method == "POST" || method == "PUT") AddLength(request);
  return request;
}

Result<Reply> Session::Exchange(const Request& request, const Saves& save) {
  history_.push_back({request, save});
  return connection_.Exchange(request);
}

Result<void> Session::Advance(std::int64_t ms) {
  const Result<Reply> reply = Exchange(ControlRequest("POST", "/clock/advance", Json{{"ms", ms}}));
  if (!reply) return Unexpected(reply.error());
  if (reply->status == 200) return {};
  return Unexpected(ErrorKind::kRejected, "the clock cannot be advanced: " +
                                              std::to_string(reply->status) + " " + reply->body);
}

Result<void> Session::Keep(const Saves& saves, const Reply& reply) {
  for (const auto& [name, from] : saves) {
    const auto nothing = [&name = name, &from = from] {
      std::string why = "nothing to keep as '" + name;
      why += "': the answer has no " + from;
      return Unexpected(ErrorKind::kMalformed, std::move(why));
    };
    if (from.starts_with("header ")) {
      const std::string* value = reply.Header(from.substr(7));
      if (value == nullptr) return nothing();
      variables_.Set(name, *value);
      continue;
    }
    const bool in_journal = from.starts_with("journal ");
    const Result<Json> json =
        in_journal ? JournalEntry(reply) : Result<Json>(Json::parse(reply.body, nullptr, false));
    if (!json) return Unexpected(json.error());
    const Json::json_pointer place(in_journal ? from.substr(8) : from);
    if (json->is_discarded() || !json->contains(place)) return nothing();
    variables_.Set(name, json->at(place));
  }
  return {};
}

Result<Json> Session::JournalEntry(const Reply& reply) {
  const std::string* id = reply.Header("Kondor-Request-Id");
  if (id == nullptr) {
    return Unexpected(ErrorKind::kMalformed, "the answer has no Kondor-Request-Id");
  }
  const Result<Reply> entry = connection_.Exchange(ControlRequest("GET", "/journal/" + *id, {}));
  if (!entry) return Unexpected(entry.error());
  Json json = Json::parse(entry->body, nullptr, false);
  if (entry->status != 200 || json.is_discarded()) {
    return Unexpected(ErrorKind::kMalformed, "the journal has no entry " + *id);
  }
  return json;
}

}  // namespace kondor::scenarios
