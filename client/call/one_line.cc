#include "client/call/one_line.h"

namespace kondor::client {

std::string OneLine(std::string_view text) {
  constexpr std::size_t kBytesMax = 300;
  std::string line;
  for (const char c : text.substr(0, kBytesMax)) {
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  if (text.size() > kBytesMax) line += "...";
  return line;
}

}  // namespace kondor::client
