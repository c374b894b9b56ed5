#include "scenarios/report/report.h"

namespace kondor::scenarios {
namespace {

// In a test's description '#' begins a directive, and '\' escapes.
std::string Description(const Played& one) {
  std::string text = one.instance->CaseName() + ": " + one.instance->scenario + " {" +
                     one.instance->ReadingName() + "}";
  if (one.round > 0) text += " round " + std::to_string(one.round + 1);
  std::string out;
  for (const char c : Printable(text)) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// JSON's strings are YAML's, too.
std::string Yaml(std::string_view text) {
  return Json(std::string(text)).dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::string Diagnosis(const Outcome& outcome) {
  std::string out = "  ---\n  message: " + Yaml(outcome.why) + "\n  at: " + Yaml(outcome.step) +
                    "\n  differs:" + (outcome.mismatches.empty() ? " []\n" : "\n");
  for (const Mismatch& mismatch : outcome.mismatches) {
    out += "    - what: " + Yaml(mismatch.what) + "\n      expected: " + Yaml(mismatch.expected) +
           "\n      got: " + Yaml(mismatch.got) + "\n";
  }
  return out + "  curl: " + Yaml(outcome.curl) + "\n  ...\n";
}

}  // namespace

std::string TapReport(const Results& results, const Summary& summary) {
  std::string out = "TAP version 14\n1.." + std::to_string(results.played.size()) + "\n";
  std::size_t number = 0;
  for (const Played& one : results.played) {
    const bool failed = one.outcome.verdict == Verdict::kFail;
    out += (failed ? "not ok " : "ok ") + std::to_string(++number) + " - " + Description(one);
    if (one.outcome.verdict == Verdict::kSkip) out += " # SKIP " + Printable(one.outcome.why);
    out += "\n";
    if (failed) out += Diagnosis(one.outcome);
  }
  return out + "# " + SummaryLine(results, summary) + "\n";
}

}  // namespace kondor::scenarios
