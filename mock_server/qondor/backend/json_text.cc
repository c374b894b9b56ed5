#include "mock_server/qondor/backend/json_text.h"

#include <array>
#include <charconv>
#include <cstddef>

#include "mock_server/qondor/backend/date_text.h"

namespace kondor::qondor {
namespace {

// For each byte whether it stands for itself.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 256; ++c) plain[c] = c != '"' && c != '\\' && c != 0x7f;
  return plain;
}();

void AppendEscaped(std::string& out, char c) {
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  out += '\\';
  if (const std::size_t at = kShort.find(c); at != std::string_view::npos) {
    out += kLetters[at];
    return;
  }
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += "u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 0x0f];
}

}  // namespace

void AppendText(std::string& out, std::string_view text) {
  out += '"';
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kPlain[static_cast<unsigned char>(text[i])]) continue;
    out.append(text, begin, i - begin);
    AppendEscaped(out, text[i]);
    begin = i + 1;
  }
  out.append(text, begin);
  out += '"';
}

void AppendNumber(std::string& out, double value) {
  if (value == 0) {  // also minus nothing
    out += '0';
    return;
  }
  std::array<char, 400> digits;
  const auto [end, fault] =
      std::to_chars(digits.begin(), digits.end(), value, std::chars_format::fixed);
  if (fault == std::errc()) out.append(digits.data(), end);
}

void AppendScalar(std::string& out, const Scalar& value) {
  switch (value.kind) {
    case ScalarKind::kNull:
      out += "null";
      return;
    case ScalarKind::kBool:
      out += value.whole != 0 ? "true" : "false";
      return;
    case ScalarKind::kInt: {
      std::array<char, 24> digits;
      out.append(digits.data(), std::to_chars(digits.begin(), digits.end(), value.whole).ptr);
      return;
    }
    case ScalarKind::kNumber:
      AppendNumber(out, value.number);
      return;
    case ScalarKind::kText:
      AppendText(out, value.text);
      return;
    case ScalarKind::kDateUtc:
    case ScalarKind::kDateLocal:
      out += '"';
      AppendDate(out, value);
      out += '"';
      return;
  }
}

}  // namespace kondor::qondor
