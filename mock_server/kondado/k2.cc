// The management API (K1-K16): its documented routes and nothing else.
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/json/object_reader.h"
#include "mock_server/json/spaced.h"
#include "mock_server/kondado/api.h"
#include "mock_server/kondado/reply.h"

namespace kondor::kondado {
namespace {

struct Visit {
  const Call& call;
  const World& world;
  TimePoint now;
  std::int64_t id = 0;  // the route's id; 0 when it has none, or when it is no number

  Answer Fail(Failure failure, std::string_view message) const {
    return Failed(failure, call.surface, world.settings, message);
  }
};

Answer UnknownId(const Visit& visit, std::string_view kind) {
  return visit.Fail(Failure::kNotFound, "There is no " + std::string(kind) + " with this id.");
}

Answer GetPipelineStatus(const Visit& visit) {  // K9
  const auto pipeline = visit.world.account.FindPipeline(visit.id, visit.now);
  if (!pipeline) return UnknownId(visit, "pipeline");
  return Success(PipelineStatusBody(*pipeline, visit.world.settings));
}

Answer RunPipeline(const Visit& visit) {  // K7, K8
  if (visit.world.settings.plan == Plan::kEssentials) {
    Grounds grounds;
    grounds.which = "RUN";
    grounds.state = "essentials";
    return WithGrounds(
        visit.Fail(Failure::kPlanNotAllowed, "This plan limits the frequency of runs."),
        std::move(grounds));
  }
  switch (visit.world.account.RunPipeline(visit.id, visit.now)) {
    case RunResult::kQueued:
      return PlainSuccess();
    case RunResult::kUnknown:
      return UnknownId(visit, "pipeline");
    case RunResult::kDisabled:
      return visit.Fail(Failure::kPipelineDisabled, "This pipeline is disabled.");
    case RunResult::kBlocked:
      return visit.Fail(Failure::kPipelineBlocked,
                        "This pipeline was disabled after too many failed builds.");
    case RunResult::kBusy:
      return visit.Fail(Failure::kPipelineAlreadyRunning,
                        "This pipeline is queued, running or building tables.");
  }
  return {};
}

Answer GetModelStatus(const Visit& visit) {  // K11
  const auto model = visit.world.account.FindModel(visit.id);
  return model ? Success(ModelStatusBody(*model)) : UnknownId(visit, "model");
}

Json Envelope(Json data) { return Json{{"success", true}, {"data", std::move(data)}}; }

Answer ListSources(const Visit& visit) {  // K12
  Json data = Json::array();
  for (const ParentCollection& collection : visit.world.account.parent_collections()) {
    if (!collection.src_tutorial) continue;
    data.push_back({{"id", collection.id},
                    {"createdAt", collection.created_at},
                    {"updatedAt", collection.updated_at},
                    {"parent_collection_name", collection.name},
                    {"parent_collection_image", collection.image},
                    {"_links", {{"src", {{"tutorial", *collection.src_tutorial}}}}}});
  }
  return Success(SpacedJson(Envelope(std::move(data))));
}

Answer ListDestinations(const Visit& visit) {  // K13: no dates, and links of both directions
  Json data = Json::array();
  for (const ParentCollection& collection : visit.world.account.parent_collections()) {
    if (!collection.dest_tutorial) continue;
    Json links = Json::object();
    if (collection.src_tutorial) links["src"] = Json{{"tutorial", *collection.src_tutorial}};
    links["dest"] = Json{{"tutorial", *collection.dest_tutorial}};
    data.push_back({{"id", collection.id},
                    {"parent_collection_name", collection.name},
                    {"parent_collection_image", collection.image},
                    {"_links", std::move(links)}});
  }
  return Success(SpacedJson(Envelope(std::move(data))));
}

Answer ListParentPipelines(const Visit& visit) {  // K14
  for (const ParentCollection& collection : visit.world.account.parent_collections()) {
    if (collection.id != visit.id || !collection.src_tutorial) continue;
    Json pipelines = Json::array();
    for (const ParentPipeline& pipeline : collection.parent_pipelines) {
      pipelines.push_back({{"id", pipeline.id},
                           {"createdAt", pipeline.created_at},
                           {"updatedAt", pipeline.updated_at},
                           {"parent_pipeline_name", pipeline.name},
                           {"is_billable", pipeline.is_billable}});
    }
    Json data = Json::array();
    data.push_back({{"id", collection.id},
                    {"parent_collection_name", collection.name},
                    {"parent_pipelines", std::move(pipelines)}});
    return Success(SpacedJson(Envelope(std::move(data))));
  }
  return UnknownId(visit, "parent collection among the sources");
}

// K15 heads its parameters "URL Parameters" but shows a JSON body: both are read, the body first,
// and an id may be a number or its digits in text.
class GuestParameters {
 public:
  GuestParameters(const http::Query& query, Json body) : query_(query), body_(std::move(body)) {}

  std::string Text(std::string_view name) const {
    const auto member = body_.is_object() ? body_.find(std::string(name)) : body_.end();
    if (body_.is_object() && member != body_.end()) {
      if (member->is_string()) return member->get<std::string>();
      return member->is_number_integer() ? DumpJson(*member) : std::string();
    }
    const std::string* value = query_.First(name);
    return value == nullptr ? std::string() : *value;
  }

  // 0 when it is no whole number over zero.
  std::int64_t Id(std::string_view name) const {
    const std::string text = Text(name);
    std::int64_t id = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
    return fault == std::errc() && end == text.data() + text.size() && id > 0 ? id : 0;
  }

 private:
  const http::Query& query_;
  const Json body_;
};

Answer CreateGuest(const Visit& visit) {  // K15
  if (visit.world.settings.plan != Plan::kEnterprise) {
    Grounds grounds;
    grounds.state = visit.world.settings.plan == Plan::kEssentials ? "essentials" : "standard";
    return WithGrounds(
        visit.Fail(Failure::kPlanNotAllowed, "Only Enterprise plans may invite guests."),
        std::move(grounds));
  }
  Json body;
  if (!visit.call.request.body.empty()) {
    Result<Json> parsed = ParseJson(visit.call.request.body);
    if (!parsed) return visit.Fail(Failure::kInvalidBody, parsed.error().message);
    body = std::move(parsed).value();
  }
  const GuestParameters parameters(visit.call.query, std::move(body));
  Guest guest;
  guest.client_id = parameters.Id("client_id");
  guest.recipient_email = parameters.Text("recipient_email");
  guest.parent_collection_id = parameters.Id("parent_collection_id");
  guest.direction = parameters.Text("parent_collection_direction");
  guest.assigned_collection_name = parameters.Text("assigned_collection_name");
  std::string bad;
  const auto require = [&bad](bool good, std::string_view name) {
    if (!good) bad += (bad.empty() ? "" : ", ") + std::string(name);
  };
  require(guest.client_id != 0, "client_id");
  require(guest.recipient_email.find('@') != std::string::npos, "recipient_email");
  require(guest.parent_collection_id != 0, "parent_collection_id");
  require(guest.direction == "src" || guest.direction == "dest", "parent_collection_direction");
  require(!guest.assigned_collection_name.empty(), "assigned_collection_name");
  if (!bad.empty()) {
    return visit.Fail(Failure::kInvalidParameters, "Missing or not valid: " + bad + ".");
  }
  const auto link = visit.world.account.CreateGuest(guest);
  if (!link) return UnknownId(visit, "parent collection of this direction");
  // The documentation promises an access link but shows no answer: the member's name is ours.
  Json data{{"access_link", "https://app.kondado.com.br" + *link}};
  return Success(SpacedJson(Envelope(std::move(data))));
}

struct Route {
  std::string_view method;
  std::vector<std::string_view> segments;  // ":id" stands for any one segment
  Permission permission;
  Answer (*handle)(const Visit&);
};

const std::vector<Route>& Routes() {
  static const std::vector<Route> routes = {
      {"GET", {"pipelines", ":id", "status"}, Permission::kReadPipelines, &GetPipelineStatus},
      {"POST", {"pipelines", ":id", "run"}, Permission::kRunPipelines, &RunPipeline},
      {"GET", {"models", ":id", "status"}, Permission::kReadModels, &GetModelStatus},
      {"GET", {"parent_collections", "src"}, Permission::kReadCollections, &ListSources},
      {"GET", {"parent_collections", "dest"}, Permission::kReadCollections, &ListDestinations},
      {"GET",
       {"parent_collections", "src", ":id", "parent_pipelines"},
       Permission::kReadCollections,
       &ListParentPipelines},
      {"POST", {"collection_guests"}, Permission::kCreateGuests, &CreateGuest},
  };
  return routes;
}

// "/a/b" in decoded segments. A path without its leading slash has none.
std::vector<std::string> Segments(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty() && path.front() == '/') {
    path.remove_prefix(1);
    const std::size_t slash = path.find('/');
    segments.push_back(http::PercentDecode(path.substr(0, slash), http::PlusSign::kLiteral));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash);
  }
  return segments;
}

bool Matches(const Route& route, const std::vector<std::string>& segments, std::int64_t& id) {
  if (route.segments.size() != segments.size()) return false;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string& segment = segments[i];
    if (route.segments[i] != ":id") {
      if (route.segments[i] != segment) return false;
      continue;
    }
    if (segment.empty()) return false;
    const auto [end, fault] = std::from_chars(segment.data(), segment.data() + segment.size(), id);
    if (fault != std::errc() || end != segment.data() + segment.size()) id = 0;
  }
  return true;
}

Grounds MethodsOf(const std::vector<std::string>& segments) {
  Grounds grounds;
  std::int64_t id = 0;
  for (const Route& route : Routes()) {
    if (!Matches(route, segments, id)) continue;
    grounds.instead.append(grounds.instead.empty() ? "" : ", ").append(route.method);
  }
  return grounds;
}

}  // namespace

std::vector<RouteName> K2Routes() {
  std::vector<RouteName> names;
  for (const Route& route : Routes()) {
    RouteName name{route.method, {}};
    for (const std::string_view segment : route.segments) name.pattern.append("/").append(segment);
    names.push_back(std::move(name));
  }
  return names;
}

Answer AnswerK2(const Call& call, const World& world, const Caller& caller, TimePoint now) {
  Visit visit{call, world, now, 0};
  // HEAD is GET without the body (RFC 9110); the edge leaves the body out.
  const std::string_view method = call.request.method == "HEAD" ? "GET" : call.request.method;
  const std::vector<std::string> segments = Segments(call.path);
  bool known = false;
  for (const Route& route : Routes()) {
    if (!Matches(route, segments, visit.id)) continue;
    known = true;
    if (route.method != method) continue;
    if (!caller.permissions.Has(route.permission)) {  // K3
      Grounds grounds;
      grounds.about = ToText(route.permission);
      return WithGrounds(
          visit.Fail(Failure::kPermissionDenied, "The user of this token may not do this."),
          std::move(grounds));
    }
    return route.handle(visit);
  }
  if (known) {
    return WithGrounds(visit.Fail(Failure::kMethodNotAllowed, "This route has another method."),
                       MethodsOf(segments));
  }
  return visit.Fail(Failure::kUnknownRoute, "No such route is documented.");  // K16
}

}  // namespace kondor::kondado
