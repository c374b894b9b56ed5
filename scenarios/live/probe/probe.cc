#include "scenarios/live/probe/probe.h"

#include <algorithm>
#include <array>

namespace kondor::live {
namespace {

// Choosing takes a while, and the first call of what was chosen must not be past by then.
constexpr std::int64_t kThinkingMs = 300;
constexpr std::array<std::int64_t, 4> kSafeRestsMs = {3'300, 61'500, 90'000, 125'000};
constexpr std::int64_t kStrictestPaceMs = 3'200;

// Whether only phases are left to tell apart, which nobody asked for.
bool AreOne(const std::vector<Candidate>& candidates) {
  return std::ranges::all_of(candidates, [&](const Candidate& candidate) {
    return NameOf(candidate.rules) == NameOf(candidates.front().rules);
  });
}

}  // namespace

Probe::Probe(SecondToken second) : second_(second), left_(PublishedCandidates()) {}

int Probe::refusals() const {
  return static_cast<int>(std::count(letters_.begin(), letters_.end(), '-'));
}

std::int64_t Probe::RestMs() const {
  if (log_.empty()) return 0;
  const std::vector<Candidate> all = left_.empty() ? PublishedCandidates() : left_;
  for (const std::int64_t rest : kSafeRestsMs) {
    std::vector<ProbeCall> calls = log_;
    for (std::int64_t i = 0; i < 20; ++i) {
      const std::int64_t at = log_.back().answered_ms + rest + i * kStrictestPaceMs;
      calls.push_back({at, at, Who::kGood});
    }
    const bool safe = std::ranges::all_of(all, [&](const Candidate& candidate) {
      return Foretold(candidate, calls).find('-', log_.size()) == std::string::npos;
    });
    if (safe) return rest;
  }
  return kSafeRestsMs.back();
}

std::vector<Candidate> Probe::All() const {
  std::vector<Candidate> all = left_;
  all.insert(all.end(), others_.begin(), others_.end());
  return all;
}

void Probe::KeepExplaining(std::vector<Candidate>& candidates) const {
  std::vector<Candidate> kept;
  for (const Candidate& candidate : candidates) {
    if (auto explaining = Explaining(candidate, log_, letters_)) {
      kept.push_back(*std::move(explaining));
    }
  }
  candidates = std::move(kept);
}

// The readings are as well known as they will be. Might the limits be others (K4)?
void Probe::LookFurther() {
  further_ = true;
  others_ = ChangedLimits();
  KeepExplaining(others_);
}

Choice Probe::ChooseAmong(const std::vector<Candidate>& candidates, std::int64_t now_ms,
                          const Means& means) const {
  if (AreOne(candidates)) return {};
  Choice choice;
  for (const Course course : {Course::kShort, Course::kLong}) {
    Choice found =
        Choose(candidates, log_, Menu(log_, now_ms + kThinkingMs, second_, course), means);
    if (found.sequence) return found;
    if (!choice.too_dear) choice.too_dear = found.too_dear;
  }
  return choice;
}

std::optional<ProbeCall> Probe::Next(std::int64_t now_ms, const Means& means) {
  const bool late = !planned_.empty() && planned_.front().sent_ms < now_ms;
  // What was planned was within the means if one of the candidates is right.
  const bool spent = means.calls < 1 || means.refusals < 1;
  const std::vector<Candidate> all = All();
  if (late || spent || planned_.empty() || AreOne(all) ||
      OutlookOf(all, log_, planned_).bits < 1e-9) {
    Choice choice = ChooseAmong(all, now_ms, means);
    if (!choice.sequence && !further_) {
      LookFurther();
      const Choice wider = ChooseAmong(All(), now_ms, means);
      choice.sequence = wider.sequence;
      if (!choice.too_dear) choice.too_dear = wider.too_dear;
    }
    too_dear_ = choice.too_dear;
    planned_ = choice.sequence.value_or(Sequence());
  }
  if (planned_.empty()) return {};
  const ProbeCall next = planned_.front();
  planned_.erase(planned_.begin());
  return next;
}

void Probe::Tell(const ProbeCall& call, char letter) {
  log_.push_back(call);
  letters_ += letter;
  KeepExplaining(left_);
  KeepExplaining(others_);
  if (left_.empty() && !further_) LookFurther();
}

}  // namespace kondor::live
