// JSON text spaced as the vendors write it: one blank after each ':' and ','. Their documented
// bodies are reproduced byte for byte, so the spacing is part of the contract. Thread-safe: pure
// functions.
#pragma once

#include <string>
#include <string_view>

#include "mock_server/json/parse.h"

namespace kondor {

std::string SpacedJson(const Json& value);

// Appends `text` as a JSON string, quotes and escapes included.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace kondor
