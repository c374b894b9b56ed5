// Settings as JSON: {"kondado": {"window": "gcra", "per_minute": 20}}. Thread-safe: pure functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/sandbox/settings.h"

namespace kondor {

// Names with their values as text, in the order written: {"kondado.window", "gcra"}.
using SettingChanges = std::vector<std::pair<std::string, std::string>>;

// kInvalidArgument naming the place of a value that is neither text nor a whole number.
Result<SettingChanges> ReadSettingChanges(const Json& object, const std::string& place);

Json SettingsJson(const Settings& settings);
// The same with readings, rules and meanings: what can be set and to what.
Json DescribeSettings(const Settings& settings);

}  // namespace kondor
