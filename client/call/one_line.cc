#include "client/call/one_line.h"

#include <algorithm>

namespace kondor::client {
namespace {

constexpr unsigned char ByteOf(char c) { return static_cast<unsigned char>(c); }

// Of UTF-8: not the first byte of a letter.
constexpr bool Continues(char c) { return (ByteOf(c) & 0xc0) == 0x80; }

}  // namespace

std::string OneLine(std::string_view text) {
  constexpr std::size_t kBytesMax = 300;
  std::size_t length = std::min(text.size(), kBytesMax);
  while (length > 0 && length < text.size() && Continues(text[length])) --length;
  std::string line(text.substr(0, length));
  for (std::size_t i = 0; i < line.size(); ++i) {
    // U+0080 to U+009F are control characters too, to a terminal.
    const bool wide = ByteOf(line[i]) == 0xc2 && i + 1 < line.size() && ByteOf(line[i + 1]) < 0xa0;
    if (wide) line[i + 1] = ' ';
    if (wide || ByteOf(line[i]) < 0x20 || ByteOf(line[i]) == 0x7f) line[i] = ' ';
  }
  if (length < text.size()) line += "...";
  return line;
}

}  // namespace kondor::client
