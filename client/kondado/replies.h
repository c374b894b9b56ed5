// The answers of Kondado that mean something, field by field. kMalformed: a field is missing or of
// another type; nothing of the answer may be used then. Thread-safe: pure functions of the bodies
// of answers that ReadKondado took for such.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "client/kondado/kondado.h"

namespace kondor::client {

Result<void> ReadSuccess(std::string_view body);                                    // K7, W1
Result<PipelineStatus> ReadPipelineStatus(std::string_view body, std::int64_t id);  // K9
Result<ModelStatus> ReadModelStatus(std::string_view body, std::int64_t id);        // K11
Result<std::vector<ParentCollection>> ReadCollections(std::string_view body);       // K12, K13
Result<std::vector<ParentPipeline>> ReadParentPipelines(std::string_view body,
                                                        std::int64_t collection);  // K14
Result<std::string> ReadAccessLink(std::string_view body);                         // K15
Result<std::vector<std::string>> ReadTableNames(std::string_view body);            // H1
Result<std::vector<KondadoTable>> ReadTables(std::string_view body);               // H1
Result<std::string> ReadRows(std::string body);                                    // H1

}  // namespace kondor::client
