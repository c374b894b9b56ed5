// JSON from somebody we do not trust: parsed without exceptions, bounded in depth, and refused with
// the line and column of the fault. Thread-safe: pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/result.h"

namespace kondor {

using Json = nlohmann::ordered_json;

// Deeper nesting than this is refused: what is parsed is also printed and dropped recursively.
inline constexpr int kJsonDepthMax = 64;
// More members than this in one object are refused by ParseJson: they are kept in order, so finding
// one is linear, and reading n of them quadratic.
inline constexpr std::size_t kJsonMembersMax = 1'000;

// kInvalidArgument with "line L, column C: ..." when the text is not one whole JSON value, and when
// an object holds a name twice. Never repeats a value: it may be a secret.
Result<Json> ParseJson(std::string_view text);

// Whether the text is one whole JSON value; doubled names are JSON, too.
Result<void> CheckJson(std::string_view text);

// What somebody wrote, short and plain enough to stand in a message of one line.
std::string Shown(std::string_view text);

// Compact text; invalid UTF-8 becomes U+FFFD instead of an exception.
std::string DumpJson(const Json& value);
// Indented, for people and for answers that people read.
std::string PrettyJson(const Json& value);

}  // namespace kondor
