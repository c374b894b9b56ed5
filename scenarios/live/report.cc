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

std::string Counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what;
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
  const bool painted = colour == scenarios::Colour::kYes;
  const std::string red = painted ? "\x1b[31m" : "", green = painted ? "\x1b[32m" : "";
  const std::string dim = painted ? "\x1b[2m" : "", end = painted ? "\x1b[0m" : "";
  const auto differs = InOrder(outcome.findings, Verdict::kDiffers);
  const auto holds = InOrder(outcome.findings, Verdict::kHolds);
  const auto open = InOrder(outcome.findings, Verdict::kNotChecked);
  std::string text;
  for (const auto& [rule, finding] : differs) {
    text += red + "DIFFERS" + end + " " + rule + ": " + TitleOf(rule) + "\n";
    text += "    " + Printable(prepared.target.secrets.Masked(finding->call)) + "\n";
    for (const Mismatch& one : MaskedOf(prepared, *finding)) {
      text += "    " + Printable(one.what) + "\n      expected  " + Printable(one.expected) +
              "\n      got       " + Printable(one.got) + "\n";
    }
    text += "    " + Printable(WordsOf(prepared, rule, *finding)) + "\n";
  }
  for (const auto& [rule, finding] : holds) {
    text += green + "holds  " + end + " " + rule + ": " + TitleOf(rule) + dim + "; " +
            Printable(WordsOf(prepared, rule, *finding)) + end + "\n";
  }
  std::map<std::string, std::string> silent;  // why -> rules
  for (const auto& [rule, finding] : open) {
    std::string& rules = silent[Printable(WordsOf(prepared, rule, *finding))];
    rules += (rules.empty() ? "" : " ") + rule;
  }
  for (const auto& [why, rules] : silent) text += "not checked " + rules + ": " + why + "\n";
  return text + (differs.empty() ? green : red) + Counted(differs.size(), "differ, ") +
         Counted(holds.size(), "hold, ") + Counted(open.size(), "not checked") + end + "; " +
         Counted(static_cast<std::size_t>(outcome.calls), "calls, ") +
         Counted(static_cast<std::size_t>(outcome.refusals), "of them refused") + "; " +
         Printable(prepared.target.secrets.Masked(prepared.target.name)) + " at " + outcome.at +
         "\n";
}

}  // namespace kondor::live
