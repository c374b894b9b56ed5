#include "base/empty_flag.h"

namespace kondor {

std::optional<std::string> FindEmptyFlag(const std::vector<std::string>& words) {
  const auto is_empty = [](const std::string& flag) {
    return flag + " is empty; give it a value or leave it out";
  };
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) continue;
    const std::size_t equals = word.find('=');
    if (equals == word.size() - 1) return is_empty(word.substr(0, equals));
    const bool next_is_empty = i + 1 < words.size() && words[i + 1].empty();
    if (equals == std::string::npos && next_is_empty) return is_empty(word);
  }
  return {};
}

}  // namespace kondor
