#include "scenarios/live/findings/finding.h"

#include <algorithm>
#include <utility>

namespace kondor::live {

void Findings::Add(const std::string& rule, Finding finding) {
  const auto [it, added] = all_.try_emplace(rule, finding);
  if (added) return;
  Finding& known = it->second;
  if (finding.verdict > known.verdict) {
    std::swap(known, finding);
  } else if (finding.verdict == Verdict::kDiffers && known.verdict == Verdict::kDiffers) {
    known.mismatches.insert(known.mismatches.end(), finding.mismatches.begin(),
                            finding.mismatches.end());
  }
  if (known.reading.empty()) known.reading = finding.reading;
}

Verdict Findings::Of(const std::string& rule) const {
  const auto it = all_.find(rule);
  return it == all_.end() ? Verdict::kNotChecked : it->second.verdict;
}

std::size_t Findings::Count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(all_, [&](const auto& one) { return one.second.verdict == verdict; }));
}

}  // namespace kondor::live
