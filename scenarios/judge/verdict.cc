#include <algorithm>

#include "scenarios/judge/report.h"

namespace kondor::judge {

Verdict Overall(const std::vector<Played>& played) {
  Verdict overall = Verdict::kSkip;
  for (const Played& one : played) {
    if (one.verdict == Verdict::kFail) return Verdict::kFail;
    if (one.verdict == Verdict::kPass) overall = Verdict::kPass;
  }
  return overall;
}

std::optional<double> WorstGoodput(const std::vector<Played>& played) {
  std::optional<double> worst;
  for (const Played& one : played) {
    if (one.goodput_ratio) worst = std::min(worst.value_or(1), *one.goodput_ratio);
  }
  return worst;
}

std::string NameOf(const Played& played) {
  return std::string(played.evidence.trial->name) + ", " + NameOf(played.evidence.reading);
}

}  // namespace kondor::judge
