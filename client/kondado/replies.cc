#include "client/kondado/replies.h"

#include <algorithm>
#include <array>
#include <utility>

#include "client/json/fields.h"

namespace kondor::client {
namespace {

constexpr std::array<std::pair<std::string_view, PipelineState>, 8> kStates = {{
    {"running", PipelineState::kRunning},
    {"scheduled", PipelineState::kScheduled},
    {"active", PipelineState::kActive},
    {"not_active", PipelineState::kNotActive},
    {"building_tables", PipelineState::kBuildingTables},
    {"error_building_tables", PipelineState::kErrorBuildingTables},
    {"too_many_consecutive_failed_builds", PipelineState::kTooManyFailedBuilds},
    {"too_many_consecutive_failed_builds__blocked", PipelineState::kTooManyFailedBuildsBlocked},
}};

PipelineState StateOf(std::string_view word) {
  const auto* it = std::ranges::find(kStates, word, &decltype(kStates)::value_type::first);
  return it == kStates.end() ? PipelineState::kOther : it->second;
}

Unexpected NoAnswer(const std::string& why) {
  return Unexpected(ErrorKind::kMalformed, "Kondado's answer is not as documented: " + why);
}

// That it is there and true: whoever asks for data of a refusal gets none (K5).
std::string NoSuccess(Fields& fields) {
  const bool success = fields.Flag("success");
  return fields.fault().empty() && !success ? "\"success\" is false" : fields.fault();
}

// `data` of an envelope that says success (K11).
template <typename T, typename Read>
Result<T> FromData(std::string_view body, Json::value_t type, Read read) {
  const auto json = ParseJson(body);
  if (!json) return NoAnswer("it is no JSON");
  Fields envelope(*json);
  if (const auto fault = NoSuccess(envelope); !fault.empty()) return NoAnswer(fault);
  const Json& data =
      type == Json::value_t::array ? envelope.Array("data") : envelope.Object("data");
  if (!envelope.fault().empty()) return NoAnswer(envelope.fault());
  return read(data);
}

// Each element of a list through `read`, which blames the fields it is given.
template <typename T, typename Read>
Result<std::vector<T>> Each(const Json& list, Read read) {
  std::vector<T> all;
  for (const Json& element : list) {
    Fields fields(element);
    all.push_back(read(fields));
    if (!fields.fault().empty()) {
      return NoAnswer("element " + std::to_string(all.size() - 1) + ": " + fields.fault());
    }
  }
  return all;
}

ParentCollection ReadCollection(Fields& fields) {
  Fields links(fields.Object("_links"));
  ParentCollection collection{fields.Number("id"),
                              fields.Text("parent_collection_name"),
                              fields.TextOrNone("parent_collection_image"),
                              fields.TextOrNone("createdAt"),
                              fields.TextOrNone("updatedAt"),
                              links.TextInObjectOrNone("src", "tutorial"),
                              links.TextInObjectOrNone("dest", "tutorial")};
  fields.Adopt(links);
  return collection;
}

ParentPipeline ReadParentPipeline(Fields& fields) {
  return {fields.Number("id"), fields.Text("parent_pipeline_name"), fields.Text("createdAt"),
          fields.Text("updatedAt"), fields.Flag("is_billable")};
}

KondadoTable ReadTable(Fields& fields) {
  return {fields.Text("tbl_name"), fields.Number("tbl_id"), fields.Text("origin_object_type"),
          fields.Number("origin_object_id"),
          fields.TextOrNone("origin_object_sub_location").value_or("")};
}

// hub's lists stand without an envelope.
Result<Json> ParseList(std::string_view body) {
  auto json = ParseJson(body);
  if (!json || !json->is_array()) return NoAnswer("it is no list");
  return *std::move(json);
}

}  // namespace

bool IsIdle(PipelineState state) {
  return state != PipelineState::kRunning && state != PipelineState::kScheduled &&
         state != PipelineState::kBuildingTables && state != PipelineState::kOther;
}

Result<void> ReadSuccess(std::string_view body) {
  const auto json = ParseJson(body);
  if (!json) return NoAnswer("it is no JSON");
  Fields fields(*json);
  if (const auto fault = NoSuccess(fields); !fault.empty()) return NoAnswer(fault);
  return {};
}

Result<PipelineStatus> ReadPipelineStatus(std::string_view body, std::int64_t id) {
  const auto json = ParseJson(body);
  if (!json) return NoAnswer("it is no JSON");
  Fields outer(*json);
  Fields fields(outer.Object(std::to_string(id).c_str()));
  if (!outer.fault().empty()) return NoAnswer(outer.fault());
  PipelineStatus status{id,
                        PipelineState::kOther,
                        fields.Text("status"),
                        fields.Flag("is_running"),
                        fields.Flag("is_active"),
                        fields.Flag("is_blocked"),
                        fields.TextOrNone("raw_msg")};
  if (!fields.fault().empty()) return NoAnswer(fields.fault());
  status.state = StateOf(status.status);
  return status;
}

Result<ModelStatus> ReadModelStatus(std::string_view body, std::int64_t id) {
  return FromData<ModelStatus>(body, Json::value_t::object,
                               [id](const Json& data) -> Result<ModelStatus> {
                                 Fields outer(data);
                                 Fields fields(outer.Object(std::to_string(id).c_str()));
                                 if (!outer.fault().empty()) return NoAnswer(outer.fault());
                                 ModelStatus status{id,
                                                    fields.Text("status"),
                                                    fields.Flag("is_running"),
                                                    fields.Flag("is_active"),
                                                    fields.Text("kubo_status_type"),
                                                    fields.TextOrNone("raw_msg")};
                                 if (!fields.fault().empty()) return NoAnswer(fields.fault());
                                 return status;
                               });
}

Result<std::vector<ParentCollection>> ReadCollections(std::string_view body) {
  return FromData<std::vector<ParentCollection>>(body, Json::value_t::array, [](const Json& data) {
    return Each<ParentCollection>(data, &ReadCollection);
  });
}

Result<std::vector<ParentPipeline>> ReadParentPipelines(std::string_view body,
                                                        std::int64_t collection) {
  using List = std::vector<ParentPipeline>;
  return FromData<List>(body, Json::value_t::array, [collection](const Json& data) -> Result<List> {
    if (data.size() != 1) return NoAnswer("\"data\" does not hold one collection");
    Fields fields(data.front());
    const bool asked_for = fields.Number("id") == collection;
    const Json& pipelines = fields.Array("parent_pipelines");
    if (!fields.fault().empty()) return NoAnswer(fields.fault());
    if (!asked_for) return NoAnswer("it is about another collection");
    return Each<ParentPipeline>(pipelines, &ReadParentPipeline);
  });
}

Result<std::string> ReadAccessLink(std::string_view body) {
  return FromData<std::string>(body, Json::value_t::object,
                               [](const Json& data) -> Result<std::string> {
                                 for (const Json& member : data) {
                                   if (!member.is_string()) continue;
                                   const auto& text = member.get_ref<const std::string&>();
                                   if (text.starts_with("https://") || text.starts_with("http://"))
                                     return text;
                                 }
                                 return NoAnswer("\"data\" holds no link");
                               });
}

Result<std::vector<std::string>> ReadTableNames(std::string_view body) {
  const auto list = ParseList(body);
  if (!list) return Unexpected(list.error());
  return Each<std::string>(*list, [](Fields& fields) { return fields.Text("tbl_name"); });
}

Result<std::vector<KondadoTable>> ReadTables(std::string_view body) {
  const auto list = ParseList(body);
  if (!list) return Unexpected(list.error());
  return Each<KondadoTable>(*list, &ReadTable);
}

Result<std::string> ReadRows(std::string body) {
  if (const auto list = ParseList(body); !list) return Unexpected(list.error());
  return body;
}

}  // namespace kondor::client
