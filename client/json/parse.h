// JSON out of what a server sent, which may be anything. Thread-safe: a pure function.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace kondor::client {

using Json = nlohmann::json;

// Nothing, if it is no JSON, is deeper than any answer of a vendor, or has two members of one name
// in an object: nobody could tell which of them counts.
std::optional<Json> ParseJson(std::string_view text);

}  // namespace kondor::client
