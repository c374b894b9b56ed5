// `--flag=` or `--flag ""`, which is what `--flag=$UNSET` and `--flag "$UNSET"` become: a parser
// would take the next word for its value, or nothing for a wish. Thread-safe: a pure function.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace kondor {

// What is wrong with the first such flag. What follows a "--" is not looked at.
std::optional<std::string> FindEmptyFlag(const std::vector<std::string>& words);

}  // namespace kondor
