#include "scenarios/run/typed_call.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "client/kondado/kondado.h"
#include "client/qondor/qondor.h"

namespace kondor::scenarios {
namespace {

using client::Kondado;
using client::KondadoWebhook;
using client::Qondor;
using client::ViaKondado;

Json OrNull(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json Written(const client::PipelineStatus& one) {
  return {{"id", one.id},
          {"status", one.status},
          {"is_running", one.is_running},
          {"is_active", one.is_active},
          {"is_blocked", one.is_blocked},
          {"is_idle", client::IsIdle(one.state)},
          {"raw_msg", OrNull(one.raw_msg)}};
}

Json Written(const client::ModelStatus& one) {
  return {{"id", one.id},
          {"status", one.status},
          {"is_running", one.is_running},
          {"is_active", one.is_active},
          {"kubo_status_type", one.kubo_status_type},
          {"raw_msg", OrNull(one.raw_msg)}};
}

Json Written(const client::ParentCollection& one) {
  return {{"id", one.id},
          {"name", one.name},
          {"image", OrNull(one.image)},
          {"created_at", OrNull(one.created_at)},
          {"updated_at", OrNull(one.updated_at)},
          {"src_tutorial", OrNull(one.src_tutorial)},
          {"dest_tutorial", OrNull(one.dest_tutorial)}};
}

Json Written(const client::ParentPipeline& one) {
  return {{"id", one.id},
          {"name", one.name},
          {"created_at", one.created_at},
          {"updated_at", one.updated_at},
          {"is_billable", one.is_billable}};
}

Json Written(const client::KondadoTable& one) {
  return {{"name", one.name},
          {"id", one.id},
          {"origin_object_type", one.origin_object_type},
          {"origin_object_id", one.origin_object_id},
          {"origin_object_sub_location", one.origin_object_sub_location}};
}

Json Written(const std::string& text) { return text; }

template <typename T>
Json Written(const std::vector<T>& all) {
  Json list = Json::array();
  for (const T& one : all) list.push_back(Written(one));
  return list;
}

template <typename T>
Result<Json> Read(const Result<T>& answer) {
  if (!answer) return Unexpected(answer.error());
  return Written(*answer);
}

Result<Json> Read(const Result<void>& answer) {
  if (!answer) return Unexpected(answer.error());
  return Json();
}

// Of a call that has no type: its JSON as it is. PUT and DELETE answer nothing (Q12).
Result<Json> ReadText(const Result<std::string>& answer) {
  if (!answer) return Unexpected(answer.error());
  return answer->empty() ? Json() : Json::parse(*answer, nullptr, false);
}

// The number that stands alone between the two.
std::optional<std::int64_t> NumberIn(std::string_view path, std::string_view before,
                                     std::string_view after) {
  if (!path.starts_with(before) || !path.ends_with(after)) return {};
  if (path.size() <= before.size() + after.size()) return {};
  path.remove_prefix(before.size());
  path.remove_suffix(after.size());
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), number);
  if (error != std::errc() || end != path.data() + path.size()) return {};
  return number;
}

std::optional<client::Method> MethodOf(std::string_view word) {
  using enum client::Method;
  for (const client::Method method : {kGet, kHead, kPost, kPut, kPatch, kDelete}) {
    if (client::ToText(method) == word) return method;
  }
  return {};
}

Result<client::Request> Plain(const Call& call) {
  const auto method = MethodOf(call.method);
  if (!method) {
    return Unexpected(ErrorKind::kInvalidArgument, "the client has no method " + call.method);
  }
  client::Request request{*method, call.path.empty() ? "/" : call.path};
  for (const auto& [name, value] : call.query) request.query.push_back({name, value});
  for (const auto& [name, value] : call.headers) request.headers.push_back({name, value});
  request.body = call.body.value_or("");
  return request;
}

// With all five parameters of K15, each of its type; an invitation that lacks one has no type.
std::optional<client::CollectionGuest> GuestOf(const Call& call) {
  const Json body = Json::parse(call.body.value_or(""), nullptr, false);
  const auto text = [&](const char* name) { return body.contains(name) && body[name].is_string(); };
  if (!body.is_object() || !text("client_id") || !text("recipient_email") ||
      !text("parent_collection_direction") || !text("assigned_collection_name") ||
      !body.value("parent_collection_id", Json()).is_number_integer()) {
    return {};
  }
  using enum client::CollectionGuest::Direction;
  const auto direction = body["parent_collection_direction"];
  if (direction != "src" && direction != "dest") return {};
  return client::CollectionGuest{
      body["client_id"], body["recipient_email"], body["parent_collection_id"],
      direction == "src" ? kSource : kDestination, body["assigned_collection_name"]};
}

std::optional<Result<Json>> KondadoTyped(Kondado& api, const Call& call) {
  const std::string& path = call.path;
  // What only this scenario says, no typed call can.
  const auto is_own = [](auto& header) { return header.first != "Content-Type"; };
  if (!call.query.empty() || std::ranges::any_of(call.headers, is_own)) return {};
  if (call.method == "POST") {
    if (const auto id = NumberIn(path, "/pipelines/", "/run")) return Read(api.RunPipeline(*id));
    const auto guest = path == "/collection_guests" ? GuestOf(call) : std::nullopt;
    if (guest) return Read(api.InviteGuest(*guest));
  }
  if (call.method != "GET") return {};
  if (const auto id = NumberIn(path, "/pipelines/", "/status")) {
    return Read(api.GetPipelineStatus(*id));
  }
  if (const auto id = NumberIn(path, "/models/", "/status")) return Read(api.GetModelStatus(*id));
  if (path == "/parent_collections/src") return Read(api.ListSourceCollections());
  if (path == "/parent_collections/dest") return Read(api.ListDestinationCollections());
  if (const auto id = NumberIn(path, "/parent_collections/src/", "/parent_pipelines")) {
    return Read(api.ListParentPipelines(*id));
  }
  return {};
}

Result<Json> CallKondado(const Call& call, ClientSetup setup) {
  const auto api = Kondado::Make({.credentials = {setup.key, setup.token},
                                  .endpoint = std::move(setup.endpoint),
                                  .call = std::move(setup.options)});
  if (!api) return Unexpected(api.error());
  if (auto typed = KondadoTyped(**api, call)) return *std::move(typed);
  const auto request = Plain(call);
  if (!request) return Unexpected(request.error());
  return ReadText((*api)->Call(*request));
}

Result<Json> CallWebhook(const Call& call, ClientSetup setup) {
  std::int64_t pipeline = 0;
  for (const auto& [name, value] : call.query) {
    if (name == "pipeline_id") pipeline = NumberIn(value, "", "").value_or(0);
  }
  const auto hook = KondadoWebhook::Make({.pipeline_id = pipeline,
                                          .credentials = {setup.key, setup.token},
                                          .endpoint = std::move(setup.endpoint),
                                          .call = std::move(setup.options)});
  if (!hook) return Unexpected(hook.error());
  return Read((*hook)->Post(call.body.value_or("")));
}

Result<Json> CallHub(const Call& call, ClientSetup setup) {
  const auto hub = ViaKondado::Make({.token = setup.token,
                                     .endpoint = std::move(setup.endpoint),
                                     .call = std::move(setup.options)});
  if (!hub) return Unexpected(hub.error());
  if (call.path == "/metadata/show_tables") return Read((*hub)->ListTableNames());
  if (call.path == "/metadata/kdd_show_tables") return Read((*hub)->ListTables());
  constexpr std::string_view data = "/data/";
  if (!call.path.starts_with(data)) {
    return Unexpected(ErrorKind::kInvalidArgument, "the client knows no " + call.path);
  }
  using enum ViaKondado::DecimalSeparator;
  const bool comma = std::ranges::find(call.query, std::pair<std::string, std::string>(
                                                       "decimal_sep", "comma")) != call.query.end();
  return ReadText((*hub)->ReadTable(call.path.substr(data.size()), comma ? kComma : kPoint));
}

// The environment is the client's, the rest of the path the call's.
Result<Json> CallQondor(const Call& call, ClientSetup setup) {
  using enum client::QondorEnvironment;
  for (const client::QondorEnvironment environment : {kProduction, kTest, kDevelopment}) {
    const std::string prefix = "/" + std::string(client::ToText(environment));
    if (!call.path.starts_with(prefix + "/")) continue;
    Call below = call;
    below.path = call.path.substr(prefix.size());
    const auto request = Plain(below);
    if (!request) return Unexpected(request.error());
    const auto api = Qondor::Make({.credentials = {setup.token, ""},
                                   .environment = environment,
                                   .endpoint = std::move(setup.endpoint),
                                   .call = std::move(setup.options)});
    if (!api) return Unexpected(api.error());
    return ReadText((*api)->Call(*request));
  }
  return Unexpected(ErrorKind::kInvalidArgument, "the client knows no environment of " + call.path);
}

}  // namespace

Result<Json> CallTyped(const Call& call, ClientSetup setup) {
  switch (call.surface) {
    case Surface::kK2:
      return CallKondado(call, std::move(setup));
    case Surface::kK1:
      return CallWebhook(call, std::move(setup));
    case Surface::kHub:
      return CallHub(call, std::move(setup));
    case Surface::kQondor:
      return CallQondor(call, std::move(setup));
    case Surface::kApp:
    case Surface::kPortal:
    case Surface::kArm:
    case Surface::kRoot:
      break;
  }
  return Unexpected(ErrorKind::kInvalidArgument, "the client does not speak to that surface");
}

}  // namespace kondor::scenarios
