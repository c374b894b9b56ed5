// Patterns with '*', as matches, filters and fault scripts have them. Thread-safe: a pure function.
#pragma once

#include <string_view>

namespace kondor {

// '*' stands for any run of characters, also none. Linear in practice: only the last star
// backtracks.
bool Glob(std::string_view pattern, std::string_view text);

}  // namespace kondor
