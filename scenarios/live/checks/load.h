// The checks as they are written in checks/*.json. Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scenarios/live/checks/check.h"

namespace kondor::live {

std::string KondadoChecksText();
std::string QondorChecksText();

// kInvalidArgument: the first place that is wrong; an unknown name is.
Result<std::vector<Check>> LoadChecks(std::string_view text, const std::string& file);

}  // namespace kondor::live
