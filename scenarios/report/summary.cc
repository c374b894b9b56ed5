#include <array>
#include <cstdio>

#include "scenarios/report/report.h"

namespace kondor::scenarios {
namespace {

// How many bytes the UTF-8 letter at `at` has; 0 when it is none.
std::size_t LetterBytes(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t size = byte(at) < 0x80U                         ? 1
                           : byte(at) >= 0xC2U && byte(at) <= 0xDFU ? 2
                           : byte(at) >= 0xE0U && byte(at) <= 0xEFU ? 3
                           : byte(at) >= 0xF0U && byte(at) <= 0xF4U ? 4
                                                                    : 0;
  if (size == 0 || at + size > text.size()) return 0;
  for (std::size_t i = at + 1; i < at + size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  return size;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t size = LetterBytes(text, at);
    // C1 controls (0xC2 0x80 to 0x9F) move a terminal's cursor just as the C0 ones do.
    const bool c1 = size == 2 && byte == 0xC2U && static_cast<unsigned char>(text[at + 1]) < 0xA0U;
    if (size == 0 || c1 || byte < 0x20U || byte == 0x7FU) {
      std::array<char, 8> spelled{};
      std::snprintf(spelled.data(), spelled.size(), "\\x%02x", byte);
      out += byte == '\n' ? "\\n" : byte == '\r' ? "\\r" : byte == '\t' ? "\\t" : spelled.data();
      at += 1;
      continue;
    }
    out += text.substr(at, size);
    at += size;
  }
  return out;
}

std::string SummaryLine(const Results& results, const Summary& summary) {
  std::array<char, 32> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%.1f", summary.seconds);
  std::string line = std::to_string(results.Count(Verdict::kPass)) + " passed, " +
                     std::to_string(results.Count(Verdict::kFail)) + " failed, " +
                     std::to_string(results.Count(Verdict::kSkip)) + " skipped";
  if (results.not_played > 0) {
    line += ", " + std::to_string(results.not_played) + " not played (" +
            (results.gone ? "the target has gone)" : "interrupted)");
  }
  return line + " in " + seconds.data() + " s against " + summary.target + "; seed " +
         std::to_string(summary.seed);
}

}  // namespace kondor::scenarios
