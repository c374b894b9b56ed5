#include "mock_server/qondor/directory/text_rules.h"

#include <algorithm>
#include <cstddef>

#include "mock_server/http/ascii.h"

namespace kondor::qondor {
namespace {

constexpr std::size_t LongestOf(TextRule rule) {
  switch (rule) {
    case TextRule::kUserId:
      return 80;
    case TextRule::kProductId:
    case TextRule::kSubscriptionId:
      return 256;
    case TextRule::kName:
      return 100;
    case TextRule::kEmail:
      return 254;
  }
  return 0;
}

// As .NET and JavaScript count: in UTF-16. REQUIRES: it is UTF-8, as what JSON brings is.
std::size_t Characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80) ++count;
    if (byte >= 0xF0) ++count;  // beyond the first plane: a pair of them
  }
  return count;
}

// Ids stand in paths: "." and ".." would be another place there.
bool CanStandInAPath(std::string_view id) {
  constexpr std::string_view kReserved = "*#&+:<>?/%\"\\";
  return id != "." && id != ".." && std::all_of(id.begin(), id.end(), [&](char c) {
           return c > 0x20 && c < 0x7f && kReserved.find(c) == std::string_view::npos;
         });
}

// ASCII's, and those from U+0080 to U+009F.
bool HoldsControlCharacter(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\t' || http::IsControl(text[i])) return true;
    if (text[i] == '\xC2' && i + 1 < text.size() &&
        static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string FaultIn(std::string_view text, TextRule rule) {
  const std::size_t count = Characters(text);
  const bool fits = count >= 1 && count <= LongestOf(rule);
  const std::string expected = "expected 1 to " + std::to_string(LongestOf(rule));
  switch (rule) {
    case TextRule::kName:
      return fits ? "" : expected + " characters";
    case TextRule::kEmail:
      return fits && !HoldsControlCharacter(text) ? ""
                                                  : expected + " characters, none a control one";
    case TextRule::kUserId:
    case TextRule::kProductId:
    case TextRule::kSubscriptionId:
      break;
  }
  return fits && CanStandInAPath(text)
             ? ""
             : expected +
                   " printable ASCII characters without blanks and none of *#&+:<>?/%\"\\, "
                   "and neither . nor ..";
}

bool ReadText(ObjectReader& reader, std::string_view name, TextRule rule, std::string& out) {
  if (!reader.Text(name, out)) return false;
  if (const std::string fault = FaultIn(out, rule); !fault.empty()) reader.Fail(name, fault);
  return true;
}

std::string EmailKey(std::string_view email) {
  std::string key(email);
  std::transform(key.begin(), key.end(), key.begin(), &http::ToLowerAscii);
  return key;
}

}  // namespace kondor::qondor
