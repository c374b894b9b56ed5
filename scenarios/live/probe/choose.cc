#include "scenarios/live/probe/choose.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kondor::live {
namespace {

// A refusal annoys the vendor, and waiting annoys people: in calls.
constexpr double kRefusalCost = 5;
constexpr double kMsOfACall = 40'000;
constexpr double kNothing = 1e-9;  // bits

using Group = std::vector<std::size_t>;

class Foresight {
 public:
  Foresight(const std::vector<Candidate>& candidates, std::vector<std::string> letters)
      : candidates_(candidates), letters_(std::move(letters)) {
    for (const Candidate& candidate : candidates_) total_ += candidate.weight;
  }

  Outlook Look() {
    Group all(candidates_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    Follow(all, 0, {});
    return outlook_;
  }

 private:
  double WeightOf(const Group& group) const {
    double weight = 0;
    for (const std::size_t i : group) weight += candidates_[i].weight;
    return weight / total_;
  }

  bool TeachesMore(const Group& group, std::size_t at) const {
    const std::string_view first = std::string_view(letters_[group.front()]).substr(at);
    return std::ranges::any_of(
        group, [&](std::size_t i) { return std::string_view(letters_[i]).substr(at) != first; });
  }

  void Follow(const Group& group, std::size_t at, Means spent) {
    const double weight = WeightOf(group);
    if (!TeachesMore(group, at)) {
      if (weight > 0) outlook_.bits -= weight * std::log2(weight);
      outlook_.worst.calls = std::max(outlook_.worst.calls, spent.calls);
      outlook_.worst.refusals = std::max(outlook_.worst.refusals, spent.refusals);
      return;
    }
    outlook_.calls += weight;
    ++spent.calls;
    for (const char letter : {'+', '-', '!'}) {
      Group same;
      std::ranges::copy_if(group, std::back_inserter(same),
                           [&](std::size_t i) { return letters_[i][at] == letter; });
      if (same.empty()) continue;
      if (letter == '-') outlook_.refusals += WeightOf(same);
      Follow(same, at + 1, {spent.calls, spent.refusals + (letter == '-' ? 1 : 0)});
    }
  }

  const std::vector<Candidate>& candidates_;
  const std::vector<std::string> letters_;
  double total_ = 0;
  Outlook outlook_;
};

}  // namespace

Outlook OutlookOf(const std::vector<Candidate>& candidates, const std::vector<ProbeCall>& log,
                  const Sequence& sequence) {
  std::vector<ProbeCall> calls = log;
  calls.insert(calls.end(), sequence.begin(), sequence.end());
  std::vector<std::string> letters;
  letters.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    letters.push_back(Foretold(candidate, calls).substr(log.size()));
  }
  return Foresight(candidates, std::move(letters)).Look();
}

namespace {

// Enough of them to tell which sequence is good, evenly from all.
std::vector<Candidate> SampleOf(const std::vector<Candidate>& candidates) {
  constexpr std::size_t kEnough = 48;
  if (candidates.size() <= kEnough) return candidates;
  std::vector<Candidate> sample;
  // A stride that no dimension of the candidates divides.
  constexpr std::size_t kStride = 7;
  for (std::size_t i = 0; i < kEnough; ++i) {
    sample.push_back(candidates[i * kStride * (candidates.size() / kEnough) % candidates.size()]);
  }
  return sample;
}

double WorthOf(const Outlook& outlook, const std::vector<ProbeCall>& log,
               const Sequence& sequence) {
  if (outlook.bits < kNothing) return 0;
  const std::int64_t from = log.empty() ? sequence.front().sent_ms : log.back().answered_ms;
  const double wait = static_cast<double>(sequence.back().sent_ms - from) / kMsOfACall;
  return outlook.bits / (outlook.calls + kRefusalCost * outlook.refusals + wait);
}

}  // namespace

Choice Choose(const std::vector<Candidate>& candidates, const std::vector<ProbeCall>& log,
              const std::vector<Sequence>& menu, const Means& means) {
  const std::vector<Candidate> sample = SampleOf(candidates);
  std::vector<std::pair<double, const Sequence*>> ranked;
  ranked.reserve(menu.size());
  for (const Sequence& sequence : menu) {
    ranked.emplace_back(WorthOf(OutlookOf(sample, log, sequence), log, sequence), &sequence);
  }
  std::ranges::stable_sort(ranked, std::ranges::greater(), [](auto& one) { return one.first; });
  Choice choice;
  for (const auto& [worth, sequence] : ranked) {
    const Outlook outlook = OutlookOf(candidates, log, *sequence);  // of all: the means are hard
    if (outlook.bits < kNothing) continue;
    const Means& worst = outlook.worst;
    if (worst.calls <= means.calls && worst.refusals <= means.refusals) {
      choice.sequence = *sequence;
      return choice;
    }
    if (!choice.too_dear || worst.refusals < choice.too_dear->refusals) choice.too_dear = worst;
  }
  return choice;
}

}  // namespace kondor::live
