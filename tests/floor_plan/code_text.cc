#include "tests/floor_plan/code_text.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace kondor::floor_plan {
namespace {

bool IsWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Where the literal or comment that begins at `begin` ends (one past its last character);
// `begin + 1` when none begins there.
std::size_t EndOfSpan(std::string_view text, std::size_t begin) {
  const auto after = [&](std::string_view closing, std::size_t from) {
    const std::size_t at = text.find(closing, from);
    return at == std::string_view::npos ? text.size() : at + closing.size();
  };
  const std::string_view rest = text.substr(begin);
  if (rest.starts_with("//")) return std::min(text.find('\n', begin), text.size());
  if (rest.starts_with("/*")) return after("*/", begin + 2);
  if (rest.starts_with("R\"") && (begin == 0 || !IsWordCharacter(text[begin - 1]))) {
    const std::size_t open = std::min(text.find('(', begin), text.size());
    const std::string tag(text.substr(begin + 2, open - (begin + 2)));
    return after(")" + tag + "\"", open);
  }
  // A quote inside a number (1'000) separates digits.
  const bool opens =
      rest[0] == '"' || (rest[0] == '\'' && (begin == 0 || !IsWordCharacter(text[begin - 1])));
  if (!opens) return begin + 1;
  for (std::size_t i = begin + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == rest[0]) {
      return i + 1;
    }
  }
  return std::min(text.find('\n', begin), text.size());
}

}  // namespace

std::string BlankCommentsAndLiterals(std::string_view text) {
  std::string code(text);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = EndOfSpan(text, begin);
    if (end > begin + 1) {
      const bool comment = text[begin] == '/';
      // The quotes stay, so that what is left still shows that a literal was there.
      const std::size_t quote = text[begin] == 'R' ? begin + 1 : begin;
      const std::size_t last = comment ? end : end - 1;
      for (std::size_t i = comment ? begin : quote + 1; i < last; ++i) {
        if (code[i] != '\n') code[i] = ' ';
      }
    }
    begin = end;
  }
  return code;
}

bool HoldsWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool joined_before =
        at > 0 && IsWordCharacter(word.front()) && IsWordCharacter(text[at - 1]);
    const bool joined_after =
        end < text.size() && IsWordCharacter(word.back()) && IsWordCharacter(text[end]);
    if (!joined_before && !joined_after) return true;
  }
  return false;
}

}  // namespace kondor::floor_plan
