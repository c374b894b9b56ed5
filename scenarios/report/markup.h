// Text as it may stand in XML and HTML, attributes included.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/report/report.h"

namespace kondor::scenarios {

// One line: control characters are spelled out, since XML has no way to hold them.
inline std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// As above, but line ends stay.
inline std::string EscapedLines(std::string_view text) {
  std::string out;
  for (;;) {
    const std::size_t end = text.find('\n');
    out += Escaped(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

}  // namespace kondor::scenarios
