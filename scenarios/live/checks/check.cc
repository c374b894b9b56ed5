#include "scenarios/live/checks/check.h"

namespace kondor::live {
namespace {

using scenarios::Json;

std::string AsText(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

void Learn(Ids& ids, const std::string& name, const Json& object, const char* field) {
  if (!object.is_object() || !object.contains(field)) return;
  const Json& value = object[field];
  const bool plain =
      value.is_number_integer() ||
      (value.is_string() && value.get<std::string>().find_first_of("/?#% ") == std::string::npos);
  if (plain) ids.try_emplace(name, AsText(value));  // what was said goes first
}

}  // namespace

std::optional<std::string> Filled(std::string text, const Ids& ids, std::string* missing) {
  for (std::size_t at = 0; (at = text.find("{$", at)) != std::string::npos;) {
    const std::size_t end = text.find('}', at);
    const std::string name = text.substr(at + 2, end - at - 2);
    const auto known = ids.find(name);
    if (known == ids.end()) {
      *missing = name;
      return {};
    }
    text.replace(at, end + 1 - at, known->second);
    at += known->second.size();
  }
  return text;
}

std::optional<client::Request> Filled(client::Request request, const Ids& ids,
                                      std::string* missing) {
  const auto path = Filled(request.path, ids, missing);
  if (!path) return {};
  request.path = *path;
  for (client::Field& field : request.query) {
    const auto value = Filled(field.value, ids, missing);
    if (!value) return {};
    field.value = *value;
  }
  return request;
}

void LearnIds(const Check& check, const std::string& body, Ids& ids) {
  const Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded()) return;
  if (check.request.path == "/parent_collections/src" && json.is_object()) {
    const auto data = json.find("data");
    if (data != json.end() && data->is_array() && !data->empty()) {
      Learn(ids, "collection", data->front(), "id");
    }
  }
  if (!json.is_array()) return;
  for (const Json& row : json) {
    if (check.request.path.ends_with("/Project/v1/Project/GetAll"))
      Learn(ids, "project", row, "id");
    if (check.request.path != "/metadata/kdd_show_tables" || !row.is_object()) continue;
    const std::string type = AsText(row.value("origin_object_type", Json("")));
    if (type == "pipeline") Learn(ids, "pipeline", row, "origin_object_id");
    if (type == "kubo") Learn(ids, "model", row, "origin_object_id");
  }
}

std::string NameOf(const Check& check, const client::Request& request) {
  std::string name = std::string(client::ToText(request.method)) + " " + request.path;
  for (std::size_t i = 0; i < request.query.size(); ++i) {
    name += (i == 0 ? "?" : "&") + request.query[i].name + "=" + request.query[i].value;
  }
  switch (check.who) {
    case Presented::kMissing:
      return name + ", without credentials";
    case Presented::kUnknown:
      return name + ", with nobody's credentials";
    case Presented::kWrong:
      return name + ", with another secret";
    case Presented::kInQuery:
      return name + ", with the key in the query";
    case Presented::kBothPlaces:
      return name + ", with nobody's key in the header and ours in the query";
    case Presented::kOurs:
    case Presented::kSecond:
      break;
  }
  return name;
}

}  // namespace kondor::live
