// JSON laid out anew, letter for letter: no parser that would sort names or round numbers has its
// hand in it. Thread-safe: pure functions. REQUIRES everywhere: `json` is JSON.
#pragma once

#include <string>
#include <string_view>

namespace kondor::client::command {

// Without any line break or blank that is not within a text.
std::string OnOneLine(std::string_view json);

// With a line for each member and element, two blanks deep for each level.
std::string Indented(std::string_view json);

}  // namespace kondor::client::command
