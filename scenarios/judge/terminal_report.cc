#include <algorithm>
#include <cstdio>
#include <iterator>

#include "scenarios/judge/report.h"
#include "scenarios/judge/words.h"
#include "scenarios/report/report.h"

namespace kondor::judge {
namespace {

using scenarios::Printable;

// Enough to see what is meant; all of them are in the JSON.
constexpr std::size_t kShown = 5;

class Paint {
 public:
  explicit Paint(Colour colour) : on_(colour == Colour::kYes) {}
  std::string Red(const std::string& text) const { return With("31;1", text); }
  std::string Green(const std::string& text) const { return With("32", text); }
  std::string Dim(const std::string& text) const { return With("2", text); }

 private:
  std::string With(const std::string& code, const std::string& text) const {
    return on_ ? "\x1b[" + code + "m" + text + "\x1b[0m" : text;
  }
  bool on_;
};

std::string Padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string CallLine(const Call& call, TimePoint begin) {
  char at[48];
  std::snprintf(at, sizeof at, "%+.3f s", std::chrono::duration<double>(call.at - begin).count());
  std::string line = "    call " + std::to_string(call.id) + "  " + at + "  " +
                     Printable(call.method) + " " + Printable(call.path) + "  -> ";
  line += call.status == 0 ? "no answer" : std::to_string(call.status);
  line.append(" ").append(ToText(call.outcome));
  if (!call.code.empty() && call.outcome != Outcome::kOk) line += " " + Printable(call.code);
  if (!call.fault.empty()) line += " (" + Printable(call.fault) + ")";
  return line + "\n";
}

std::string Details(const Played& played, const Finding& finding, const Paint& paint) {
  const std::string rule = finding.rule.empty() ? "" : " (" + std::string(finding.rule) + ")";
  std::string text = paint.Red(std::string(ToText(finding.id))) + rule + " in " + NameOf(played) +
                     "\n  " + Printable(finding.text) + "\n";
  const TimePoint begin =
      played.evidence.calls.empty() ? TimePoint() : played.evidence.calls.front().at;
  const std::size_t shown = std::min(finding.calls.size(), kShown);
  for (std::size_t i = 0; i < shown; ++i) {
    text += CallLine(finding.calls[i].call, begin);
    if (!finding.calls[i].text.empty()) {
      text += "      " + paint.Dim(Printable(finding.calls[i].text)) + "\n";
    }
  }
  if (shown > 0 && finding.count > shown) {
    text += "    and " + std::to_string(finding.count - shown) + " more\n";
  }
  return text;
}

// How a program ended in words of its own, where that may explain something.
std::string LastWords(const Played& played) {
  const bool odd = played.verdict != Verdict::kPass;
  for (const Ending& ending : played.evidence.endings) {
    if (!odd || ending.IsSuccess() || ending.last_words.empty()) continue;
    std::string words = ending.last_words;
    if (words.size() > 400) words = "..." + words.substr(words.size() - 400);
    std::string text = "  " + Describe(ending) + "; the end of its stderr:\n";
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find('\n', at), words.size());
      text += "    | " + Printable(words.substr(at, end - at)) + "\n";
      at = end + 1;
    }
    return text;
  }
  return {};
}

std::string FoundIn(const Played& played) {
  if (played.verdict == Verdict::kSkip) return played.why;
  std::string found;
  for (const Finding& finding : played.findings) {
    found.append(found.empty() ? "" : ", ").append(ToText(finding.id));
    found += " (" + std::to_string(finding.count) + ")";
  }
  return found;
}

std::string Row(const Played& played, std::size_t width, const Paint& paint) {
  const Evidence& evidence = played.evidence;
  const auto refused = std::ranges::count_if(evidence.calls, &Call::IsRefused);
  char numbers[64];
  std::snprintf(numbers, sizeof numbers, "%6zu %8td  ", evidence.calls.size(), refused);
  char goodput[16] = "   -   ";
  if (played.goodput_ratio) std::snprintf(goodput, sizeof goodput, "%7.2f", *played.goodput_ratio);
  std::string verdict = paint.Dim("skip");
  if (played.verdict == Verdict::kPass) verdict = paint.Green("pass");
  if (played.verdict == Verdict::kFail) verdict = paint.Red("FAIL");
  std::string row = Padded(NameOf(played), width) + "  " + verdict + numbers + goodput + "  " +
                    Printable(FoundIn(played));
  while (row.ends_with(' ')) row.pop_back();
  return row + "\n";
}

std::string Summary(const std::vector<Played>& played, const Circumstances& circumstances,
                    const Paint& paint) {
  const auto count = [&](Verdict verdict) {
    return std::to_string(std::ranges::count(played, verdict, &Played::verdict));
  };
  const std::string counts = count(Verdict::kPass) + " passed, " + count(Verdict::kFail) +
                             " failed, " + count(Verdict::kSkip) + " skipped";
  std::string line;
  switch (Overall(played)) {
    case Verdict::kPass:
      line = circumstances.interrupted ? "INTERRUPTED" : paint.Green("PASS");
      break;
    case Verdict::kFail:
      line = paint.Red("FAIL");
      break;
    case Verdict::kSkip:
      line = "NOTHING TO JUDGE";
      break;
  }
  line += ": " + counts;
  if (const std::optional<double> worst = WorstGoodput(played)) {
    char text[64];
    std::snprintf(text, sizeof text, "; goodput %.2f of the best there can be", *worst);
    line += text;
  }
  if (circumstances.interrupted) line += "; interrupted, the rest was not played";
  return line + "\n";
}

}  // namespace

std::string TerminalReport(const std::vector<Played>& played, const Circumstances& circumstances,
                           Colour colour) {
  const Paint paint(colour);
  std::string report;
  std::size_t width = 0;
  for (const Played& one : played) {
    for (const Finding& finding : one.findings) report += Details(one, finding, paint) + "\n";
    if (const std::string words = LastWords(one); !words.empty()) {
      report += NameOf(one) + ":\n" + words + "\n";
    }
    width = std::max(width, NameOf(one).size());
  }
  report += Padded("trial, reading", width) + "        calls  refused  goodput\n";
  for (const Played& one : played) report += Row(one, width, paint);
  return report + "\n" + Summary(played, circumstances, paint);
}

}  // namespace kondor::judge
