#include "scenarios/live/report.h"

#include <map>

#include "scenarios/data/suite.h"

namespace kondor::live {
namespace {

using scenarios::Mismatch;
using scenarios::Printable;

std::string TitleOf(const std::string& rule) {
  static const auto dictionary =
      scenarios::ReadDictionary(scenarios::EmbeddedDictionary(), "dictionary");
  const scenarios::Rule* const known = dictionary ? dictionary->FindRule(rule) : nullptr;
  return known == nullptr ? "" : known->title;
}

std::string LastTime(const Prepared& prepared, const std::string& rule) {
  const Remembered* const last = prepared.known.Last(prepared.target.name, rule);
  if (last == nullptr) return "never checked before";
  return std::string(last->verdict == Verdict::kHolds ? "held " : "differed ") + last->at;
}

std::string WordsOf(const Prepared& prepared, const std::string& rule, const Finding& finding) {
  std::string words = finding.why;
  if (!finding.reading.empty()) words = finding.reading + (words.empty() ? "" : "; " + words);
  if (!words.empty()) words += "; ";
  return prepared.target.secrets.Masked(words + LastTime(prepared, rule));
}

std::vector<Mismatch> MaskedOf(const Prepared& prepared, const Finding& finding) {
  std::vector<Mismatch> masked;
  const scenarios::Variables& secrets = prepared.target.secrets;
  for (const Mismatch& one : finding.mismatches) {
    masked.push_back(
        {secrets.Masked(one.what), secrets.Masked(one.expected), secrets.Masked(one.got)});
  }
  return masked;
}

// In the order of the dictionary, which is that of docs/VENDORS.md.
std::vector<std::pair<std::string, const Finding*>> InOrder(const Findings& findings,
                                                            Verdict verdict) {
  std::vector<std::pair<std::string, const Finding*>> found;
  const auto dictionary = scenarios::ReadDictionary(scenarios::EmbeddedDictionary(), "dictionary");
  if (!dictionary) return found;
  for (const scenarios::Rule& rule : dictionary->rules) {
    const auto it = findings.all().find(rule.id);
    if (it == findings.all().end() || it->second.verdict != verdict) continue;
    found.emplace_back(rule.id, &it->second);
  }
  return found;
}

struct Paint {
  std::string_view red, green, dim, end;
};

Paint PaintOf(scenarios::Colour colour) {
  if (colour == scenarios::Colour::kNo) return {};
  return {"\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[0m"};
}

std::string DiffersText(const Prepared& prepared, const std::string& rule, const Finding& finding) {
  std::string text = " " + rule;
  text += ": " + TitleOf(rule) + "\n";
  if (!finding.call.empty()) {
    text += "    " + Printable(prepared.target.secrets.Masked(finding.call)) + "\n";
  }
  for (const Mismatch& one : MaskedOf(prepared, finding)) {
    text += "    " + Printable(one.what);
    text += "\n      expected  " + Printable(one.expected);
    text += "\n      got       " + Printable(one.got) + "\n";
  }
  return text + "    " + Printable(WordsOf(prepared, rule, finding)) + "\n";
}

// Rules that were not checked for the same reason share a line.
std::string NotCheckedText(const Prepared& prepared, const Findings& findings) {
  std::map<std::string, std::string> rules_by_why;
  for (const auto& [rule, finding] : InOrder(findings, Verdict::kNotChecked)) {
    std::string& rules = rules_by_why[Printable(WordsOf(prepared, rule, *finding))];
    if (!rules.empty()) rules += " ";
    rules += rule;
  }
  std::string text;
  for (const auto& [why, rules] : rules_by_why) {
    text += "not checked " + rules;
    text += ": " + why + "\n";
  }
  return text;
}

std::string LastLine(const Prepared& prepared, const Outcome& outcome, const Paint& paint) {
  const Findings& findings = outcome.findings;
  const std::size_t differs = findings.Count(Verdict::kDiffers);
  std::string text(differs == 0 ? paint.green : paint.red);
  text += std::to_string(differs) + " differ, ";
  text += std::to_string(findings.Count(Verdict::kHolds)) + " hold, ";
  text += std::to_string(findings.Count(Verdict::kNotChecked)) + " not checked";
  text += paint.end;
  text += "; " + std::to_string(outcome.calls) + " calls, ";
  text += std::to_string(outcome.refusals) + " of them refused; ";
  text += Printable(prepared.target.secrets.Masked(prepared.target.name));
  return text + " at " + outcome.at + "\n";
}

}  // namespace

void Fill(const Prepared& prepared, const Outcome& outcome, double seconds, Reported& reported) {
  const scenarios::Variables& secrets = prepared.target.secrets;
  std::vector<const Finding*> findings;
  for (const Verdict verdict : {Verdict::kDiffers, Verdict::kHolds, Verdict::kNotChecked}) {
    for (const auto& [rule, finding] : InOrder(outcome.findings, verdict)) {
      scenarios::Instance instance;
      instance.scenario = rule + ": " + TitleOf(rule);
      instance.file = prepared.target.vendor == Vendor::kKondado ? "live_kondado" : "live_qondor";
      instance.rules = {rule};
      reported.instances.push_back(std::move(instance));
      findings.push_back(finding);
    }
  }
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = *findings[i];
    scenarios::Played played{&reported.instances[i]};
    played.outcome.verdict = finding.verdict == Verdict::kHolds     ? scenarios::Verdict::kPass
                             : finding.verdict == Verdict::kDiffers ? scenarios::Verdict::kFail
                                                                    : scenarios::Verdict::kSkip;
    played.outcome.why = WordsOf(prepared, reported.instances[i].rules.front(), finding);
    played.outcome.step = secrets.Masked(finding.call);
    played.outcome.mismatches = MaskedOf(prepared, finding);
    reported.results.played.push_back(std::move(played));
  }
  reported.summary.seconds = seconds;
  reported.summary.target = secrets.Masked(prepared.target.name) + " at " + outcome.at;
}

std::string DriftReport(const Prepared& prepared, const Outcome& outcome,
                        scenarios::Colour colour) {
  const Paint paint = PaintOf(colour);
  std::string text;
  for (const auto& [rule, finding] : InOrder(outcome.findings, Verdict::kDiffers)) {
    text += paint.red;
    text += "DIFFERS";
    text += paint.end;
    text += DiffersText(prepared, rule, *finding);
  }
  for (const auto& [rule, finding] : InOrder(outcome.findings, Verdict::kHolds)) {
    text += paint.green;
    text += "holds  ";
    text += paint.end;
    text += " " + rule;
    text += ": " + TitleOf(rule);
    text += paint.dim;
    text += "; " + Printable(WordsOf(prepared, rule, *finding));
    text += paint.end;
    text += "\n";
  }
  return text + NotCheckedText(prepared, outcome.findings) + LastLine(prepared, outcome, paint);
}

}  // namespace kondor::live
