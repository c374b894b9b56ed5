// How results look: as JSON, and as a row of a table. Thread-safe: pure functions.
#pragma once

#include <vector>

#include "client/command/output.h"
#include "client/command/table.h"
#include "client/kondado/kondado.h"

namespace kondor::client::command {

// K10: it will not run again before somebody mends what is wrong.
bool IsFailed(PipelineState state);

OrderedJson ToJson(const PipelineStatus& status);
OrderedJson ToJson(const ModelStatus& status);
OrderedJson ToJson(const ParentCollection& collection);
OrderedJson ToJson(const ParentPipeline& pipeline);
OrderedJson ToJson(const KondadoTable& table);

Table TableOf(const std::vector<PipelineStatus>& all);
Table TableOf(const std::vector<ModelStatus>& all);
Table TableOf(const std::vector<ParentCollection>& all);
Table TableOf(const std::vector<ParentPipeline>& all);
Table TableOf(const std::vector<KondadoTable>& all);

// A line for each as JSON, or all of them as one table.
template <typename T>
void Show(const std::vector<T>& all, Output& output) {
  if (output.format() == Format::kText) {
    if (!all.empty()) output.Result(TableOf(all));
    return;
  }
  for (const T& one : all) output.Result(Dump(ToJson(one)));
}

}  // namespace kondor::client::command
