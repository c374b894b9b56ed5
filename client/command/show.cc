#include "client/command/show.h"

#include <optional>
#include <string>

namespace kondor::client::command {
namespace {

OrderedJson OrNull(const std::optional<std::string>& text) {
  return text ? OrderedJson(*text) : OrderedJson(nullptr);
}

const char* YesNo(bool is) { return is ? "yes" : "no"; }

Colour ColourOf(PipelineState state) {
  if (IsFailed(state)) return Colour::kRed;
  if (state == PipelineState::kActive) return Colour::kGreen;
  return IsIdle(state) ? Colour::kNone : Colour::kYellow;
}

Colour ColourOf(const ModelStatus& model) {
  if (model.is_running || model.status == "scheduled") return Colour::kYellow;
  return model.is_active ? Colour::kGreen : Colour::kNone;
}

}  // namespace

bool IsFailed(PipelineState state) {
  return state == PipelineState::kErrorBuildingTables ||
         state == PipelineState::kTooManyFailedBuilds ||
         state == PipelineState::kTooManyFailedBuildsBlocked;
}

OrderedJson ToJson(const PipelineStatus& status) {
  return {{"pipeline_id", status.id},        {"status", status.status},
          {"is_running", status.is_running}, {"is_active", status.is_active},
          {"is_blocked", status.is_blocked}, {"raw_msg", OrNull(status.raw_msg)}};
}

OrderedJson ToJson(const ModelStatus& status) {
  return {{"model_id", status.id},
          {"status", status.status},
          {"is_running", status.is_running},
          {"is_active", status.is_active},
          {"kubo_status_type", status.kubo_status_type},
          {"raw_msg", OrNull(status.raw_msg)}};
}

OrderedJson ToJson(const ParentCollection& collection) {
  return {{"id", collection.id},
          {"name", collection.name},
          {"image", OrNull(collection.image)},
          {"created_at", OrNull(collection.created_at)},
          {"updated_at", OrNull(collection.updated_at)},
          {"src_tutorial", OrNull(collection.src_tutorial)},
          {"dest_tutorial", OrNull(collection.dest_tutorial)}};
}

OrderedJson ToJson(const ParentPipeline& pipeline) {
  return {{"id", pipeline.id},
          {"name", pipeline.name},
          {"created_at", pipeline.created_at},
          {"updated_at", pipeline.updated_at},
          {"is_billable", pipeline.is_billable}};
}

OrderedJson ToJson(const KondadoTable& table) {
  return {{"name", table.name},
          {"id", table.id},
          {"origin_object_type", table.origin_object_type},
          {"origin_object_id", table.origin_object_id},
          {"origin_object_sub_location", table.origin_object_sub_location}};
}

Table TableOf(const std::vector<PipelineStatus>& all) {
  Table table({"PIPELINE", "STATUS", "RUNNING", "ACTIVE", "BLOCKED", "MESSAGE"});
  for (const PipelineStatus& one : all) {
    table.Add({{std::to_string(one.id)},
               {one.status, ColourOf(one.state)},
               {YesNo(one.is_running)},
               {YesNo(one.is_active)},
               {YesNo(one.is_blocked)},
               {one.raw_msg.value_or("")}});
  }
  return table;
}

Table TableOf(const std::vector<ModelStatus>& all) {
  Table table({"MODEL", "STATUS", "RUNNING", "ACTIVE", "KUBO", "MESSAGE"});
  for (const ModelStatus& one : all) {
    table.Add({{std::to_string(one.id)},
               {one.status, ColourOf(one)},
               {YesNo(one.is_running)},
               {YesNo(one.is_active)},
               {one.kubo_status_type},
               {one.raw_msg.value_or("")}});
  }
  return table;
}

Table TableOf(const std::vector<ParentCollection>& all) {
  Table table({"ID", "NAME", "UPDATED", "AS A SOURCE", "AS A DESTINATION"});
  for (const ParentCollection& one : all) {
    table.Add({{std::to_string(one.id)},
               {one.name},
               {one.updated_at.value_or("")},
               {one.src_tutorial.value_or("")},
               {one.dest_tutorial.value_or("")}});
  }
  return table;
}

Table TableOf(const std::vector<ParentPipeline>& all) {
  Table table({"ID", "NAME", "BILLABLE", "UPDATED"});
  for (const ParentPipeline& one : all) {
    table.Add({{std::to_string(one.id)}, {one.name}, {YesNo(one.is_billable)}, {one.updated_at}});
  }
  return table;
}

Table TableOf(const std::vector<KondadoTable>& all) {
  Table table({"NAME", "ID", "FROM", "ITS ID", "WHERE IN IT"});
  for (const KondadoTable& one : all) {
    table.Add({{one.name},
               {std::to_string(one.id)},
               {one.origin_object_type},
               {std::to_string(one.origin_object_id)},
               {one.origin_object_sub_location}});
  }
  return table;
}

}  // namespace kondor::client::command
