#include "base/empty_flag.h"

namespace kondor {

std::optional<std::string> FindEmptyFlag(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") break;
    if (!word.starts_with("--") || word.find('=') != word.size() - 1) continue;
    return word.substr(0, word.size() - 1) + " is empty; give it a value or leave it out";
  }
  return {};
}

}  // namespace kondor
