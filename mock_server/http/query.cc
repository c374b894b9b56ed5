#include "mock_server/http/query.h"

#include <algorithm>

#include "mock_server/http/ascii.h"

namespace kondor::http {

std::string PercentDecode(std::string_view text, PlusSign plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == PlusSign::kSpace) {
      decoded.push_back(' ');
      continue;
    }
    const bool may_be_escape = text[i] == '%' && text.size() - i > 2;
    const int high = may_be_escape ? HexValue(text[i + 1]) : -1;
    const int low = may_be_escape ? HexValue(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      decoded.push_back(text[i]);
      continue;
    }
    decoded.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return decoded;
}

Query::Query(std::string_view raw) {
  while (!raw.empty() && pairs_.size() < kPairsMax) {
    const std::size_t end = std::min(raw.find('&'), raw.size());
    const std::string_view piece = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (piece.empty()) continue;
    const std::size_t sign = std::min(piece.find('='), piece.size());
    const std::string_view value = piece.substr(std::min(sign + 1, piece.size()));
    pairs_.push_back({PercentDecode(piece.substr(0, sign), PlusSign::kSpace),
                      PercentDecode(value, PlusSign::kSpace)});
  }
}

const std::string* Query::First(std::string_view name) const {
  for (const Pair& pair : pairs_) {
    if (pair.name == name) return &pair.value;
  }
  return nullptr;
}

std::size_t Query::Count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      pairs_.begin(), pairs_.end(), [name](const Pair& pair) { return pair.name == name; }));
}

}  // namespace kondor::http
