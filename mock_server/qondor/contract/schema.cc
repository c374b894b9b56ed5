#include "mock_server/qondor/contract/schema.h"

#include <algorithm>

#include "mock_server/http/ascii.h"

namespace kondor::qondor {

std::string_view Enum::TextOf(std::int64_t number) const {
  const auto found =
      std::lower_bound(words.begin(), words.end(), number,
                       [](const auto& word, std::int64_t wanted) { return word.first < wanted; });
  return found != words.end() && found->first == number ? std::string_view(found->second)
                                                        : std::string_view();
}

std::optional<std::int32_t> Enum::NumberOf(std::string_view word) const {
  for (const auto& [number, text] : words) {
    if (http::EqualsIgnoreCase(text, word)) return number;
  }
  return {};
}

const Field* Body::Find(std::string_view field) const {
  for (const Field& candidate : fields) {
    if (candidate.name == field) return &candidate;
  }
  return nullptr;
}

}  // namespace kondor::qondor
