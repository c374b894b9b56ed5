#include <algorithm>
#include <map>

#include "scenarios/report/report.h"

namespace kondor::scenarios {
namespace {

constexpr std::size_t kColumn = 56;     // of expected, and of got
constexpr std::size_t kTextMax = 4000;  // a page of HTML helps nobody twice
// Shown whole; the files have them all.
constexpr std::size_t kScenariosMax = 40;
constexpr std::size_t kOfOneScenarioMax = 2;

struct Paint {
  std::string_view red, green, dim, bold, end;
};

Paint PaintOf(Colour colour) {
  if (colour == Colour::kNo) return {};
  return {"\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[1m", "\x1b[0m"};
}

// Pieces of at most `width` bytes, none of which ends within a letter.
std::vector<std::string> Wrap(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(at + width, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  if (lines.empty()) lines.emplace_back("(empty)");
  return lines;
}

std::string Shown(const std::string& text) {
  std::string shown = Printable(std::string_view(text).substr(0, kTextMax));
  if (text.size() > kTextMax) {
    shown += " ... (" + std::to_string(text.size()) + " bytes in all)";
  }
  return shown;
}

std::string SideBySide(const Mismatch& mismatch, const Paint& paint) {
  const std::vector<std::string> expected = Wrap(Shown(mismatch.expected), kColumn);
  const std::vector<std::string> got = Wrap(Shown(mismatch.got), kColumn);
  std::string out =
      "    " + std::string(paint.bold) + Shown(mismatch.what) + std::string(paint.end) + "\n";
  for (std::size_t i = 0; i < std::max(expected.size(), got.size()); ++i) {
    std::string left = i < expected.size() ? expected[i] : "";
    const auto letters = static_cast<std::size_t>(std::ranges::count_if(
        left, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    left.append(kColumn - std::min(kColumn, letters), ' ');
    out += "      " + std::string(paint.green) + left + std::string(paint.end) + " | " +
           std::string(paint.red) + (i < got.size() ? got[i] : "") + std::string(paint.end) + "\n";
  }
  return out;
}

std::string Failure(const Played& one, const Paint& paint) {
  const Outcome& outcome = one.outcome;
  std::string rules;
  for (const std::string& rule : one.instance->rules) rules += (rules.empty() ? "" : ", ") + rule;
  std::string out = std::string(paint.red) + "FAIL" + std::string(paint.end) + "  " +
                    one.instance->scenario + "\n";
  out += "    " + one.instance->CaseName() + "; " + one.instance->ReadingName() + "; proves " +
         rules + "; seed " + std::to_string(one.seed) + "\n";
  out += "    " + Shown(outcome.step) + "\n";
  if (outcome.mismatches.empty()) {
    out += "    " + Shown(outcome.why) + "\n";
  } else {
    std::string head = "expected";
    head.append(kColumn - head.size(), ' ');
    out += "      " + std::string(paint.dim) + head + " | got" + std::string(paint.end) + "\n";
  }
  for (const Mismatch& mismatch : outcome.mismatches) out += SideBySide(mismatch, paint);
  if (!outcome.curl.empty()) out += "    " + Printable(outcome.curl) + "\n";
  return out + "\n";
}

}  // namespace

std::string TerminalReport(const Results& results, const Summary& summary, Colour colour) {
  const Paint paint = PaintOf(colour);
  std::string out;
  std::size_t failures = 0;
  std::map<std::string, std::size_t> skips;
  std::map<std::string, std::size_t> shown;  // by scenario: its other readings say the same again
  for (const Played& one : results.played) {
    if (one.outcome.verdict == Verdict::kSkip) ++skips[one.outcome.why];
    if (one.outcome.verdict != Verdict::kFail) continue;
    ++failures;
    if (shown.size() < kScenariosMax && ++shown[one.instance->scenario] <= kOfOneScenarioMax) {
      out += Failure(one, paint);
    }
  }
  std::size_t left_out = failures;
  for (const auto& [name, count] : shown) left_out -= std::min(count, kOfOneScenarioMax);
  if (left_out > 0) {
    out += "... and " + std::to_string(left_out) +
           " failures more: --json, --junit, --tap and --html have them all\n\n";
  }
  for (const auto& [why, count] : skips) {
    out += "skipped " + std::to_string(count) + ": " + Printable(why) + "\n";
  }
  const std::string_view mood = failures > 0 ? paint.red : paint.green;
  return out + std::string(mood) + SummaryLine(results, summary) + std::string(paint.end) + "\n";
}

}  // namespace kondor::scenarios
