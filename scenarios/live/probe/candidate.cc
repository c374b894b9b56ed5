#include "scenarios/live/probe/candidate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kondor::live {
namespace {

using scenarios::LimitRules;

constexpr std::int64_t kWholeMinuteMs = 60'000;
// Clocks that are set by the network are less than half a second apart.
constexpr std::int64_t kPhaseWidthMs = 200;
constexpr std::array<std::int64_t, 5> kServerPhasesMs = {-400, -200, 0, 200, 400};

// Where its windows lie matters to these two alone: the others begin with a call.
bool IsAligned(const std::string& window) {
  return window == "fixed_aligned" || window == "sliding_counter";
}

void AddPhases(const LimitRules& rules, std::vector<Candidate>& out) {
  if (!IsAligned(rules.window)) return out.push_back({rules, 0, 1});
  for (const std::int64_t phase : kServerPhasesMs) {
    out.push_back({rules, phase, 1.0 / static_cast<double>(kServerPhasesMs.size())});
  }
}

void AddReadings(LimitRules rules, std::vector<Candidate>& out) {
  for (const char* window : {"sliding_log", "fixed_from_first", "fixed_aligned", "sliding_counter",
                             "token_bucket", "gcra"}) {
    for (const char* lockout : {"none", "from_breach", "from_last"}) {
      for (const char* refused : {"no", "yes"}) {
        for (const char* scope : {"independent", "pair"}) {
          for (const char* bad : {"yes", "no"}) {
            rules.window = window;
            rules.lockout = lockout;
            rules.refused_count = refused;
            rules.scope = scope;
            rules.count_unauthenticated = bad;
            AddPhases(rules, out);
          }
        }
      }
    }
  }
}

std::string KeyOf(Who who) {
  return who == Who::kGood ? "first" : who == Who::kSecond ? "second" : "";
}

}  // namespace

std::vector<Candidate> PublishedCandidates() {
  std::vector<Candidate> all;
  AddReadings({}, all);
  return all;
}

std::vector<Candidate> ChangedLimits() {
  constexpr std::array<std::pair<int, int>, 11> limits = {{{2, 20},
                                                           {3, 20},
                                                           {5, 20},
                                                           {0, 20},
                                                           {1, 10},
                                                           {1, 15},
                                                           {1, 25},
                                                           {1, 30},
                                                           {1, 40},
                                                           {1, 60},
                                                           {1, 0}}};
  std::vector<Candidate> all;
  for (const auto& [second, minute] : limits) {
    LimitRules rules;
    rules.per_second = second;
    rules.per_minute = minute;
    AddReadings(rules, all);
  }
  return all;
}

namespace {

// What the oracle is asked: `at` is the server's idea of when. It counts from a whole minute, which
// no phase may put after the first call.
std::vector<scenarios::ForetoldCall> AsSeen(const Candidate& candidate,
                                            const std::vector<ProbeCall>& calls) {
  if (calls.empty()) return {};
  const std::int64_t begin = (calls.front().sent_ms / kWholeMinuteMs - 1) * kWholeMinuteMs;
  std::vector<scenarios::ForetoldCall> seen;
  seen.reserve(calls.size());
  for (const ProbeCall& call : calls) {
    seen.push_back({call.sent_ms - begin + candidate.phase_ms, "ours", KeyOf(call.who)});
  }
  return seen;
}

enum class Quick { kEarly, kLate };  // whether the server saw the calls of a quick answer at once

// Whether some times between the way out and the answer explain the letters. Of a slow call the
// first and the last are tried, as thresholds lie beyond one or the other; quick ones are late
// alike.
bool FitsAsItIs(const Candidate& candidate, const std::vector<ProbeCall>& calls, Quick quick,
                std::string_view letters) {
  constexpr std::int64_t kSlowMs = 15;
  constexpr int kTriesMax = 48;
  std::vector<scenarios::ForetoldCall> seen = AsSeen(candidate, calls);
  std::vector<std::int64_t> delay;  // of the slow ones
  std::vector<bool> late(calls.size(), false);
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const std::int64_t took = calls[i].answered_ms - calls[i].sent_ms;
    delay.push_back(took < kSlowMs ? 0 : took);
    if (took < kSlowMs && quick == Quick::kLate) seen[i].at_ms += took;
  }
  for (int tries = 0; tries < kTriesMax; ++tries) {
    std::size_t i = scenarios::AlikeFromStart(candidate.rules, seen, letters);
    if (i == calls.size()) return true;
    // Nothing that comes after it has made this one what it is: of the slow ones up to here the
    // last that is early becomes late, and those after it are early again.
    for (; delay[i] == 0 || late[i]; --i) {
      if (late[i]) seen[i].at_ms -= delay[i];
      late[i] = false;
      if (i == 0) return false;
    }
    late[i] = true;
    seen[i].at_ms += delay[i];
  }
  return true;  // so many slow calls rule out nobody
}

bool Fits(const Candidate& candidate, const std::vector<ProbeCall>& calls,
          std::string_view letters) {
  if (FitsAsItIs(candidate, calls, Quick::kEarly, letters)) return true;
  const bool instant = std::ranges::all_of(
      calls, [](const ProbeCall& call) { return call.sent_ms == call.answered_ms; });
  return !instant && FitsAsItIs(candidate, calls, Quick::kLate, letters);
}

// Those that a candidate stands for, from the middle outwards.
constexpr std::int64_t kPhaseStepMs = 10;
constexpr int kPhasesOfOne = static_cast<int>(kPhaseWidthMs / kPhaseStepMs);

std::int64_t PhaseFromMiddle(int i) { return (i % 2 == 0 ? i / 2 : -(i + 1) / 2) * kPhaseStepMs; }

}  // namespace

std::string Foretold(const Candidate& candidate, const std::vector<ProbeCall>& calls) {
  return scenarios::Foretell(candidate.rules, AsSeen(candidate, calls));
}

// What was refuted by fewer calls is so by more.
std::optional<Candidate> Explaining(Candidate candidate, const std::vector<ProbeCall>& calls,
                                    const std::string& letters) {
  const std::int64_t middle = candidate.phase_ms - PhaseFromMiddle(candidate.phases_refuted);
  const int phases = IsAligned(candidate.rules.window) ? kPhasesOfOne : 1;
  for (; candidate.phases_refuted < phases; ++candidate.phases_refuted) {
    candidate.phase_ms = middle + PhaseFromMiddle(candidate.phases_refuted);
    if (Fits(candidate, calls, letters)) return candidate;
  }
  return {};
}

const std::vector<Dimension>& Dimensions() {
  static const std::vector<Dimension> all = {{"kondado.window", "KO1"},
                                             {"kondado.lockout", "KO2"},
                                             {"kondado.refused_count", "KO3"},
                                             {"kondado.scope", "KO4"},
                                             {"kondado.count_unauthenticated", "KO5"},
                                             {"kondado.per_second", "K4"},
                                             {"kondado.per_minute", "K4"}};
  return all;
}

std::string ValueOf(const LimitRules& rules, std::string_view setting) {
  if (setting == "kondado.window") return rules.window;
  if (setting == "kondado.lockout") return rules.lockout;
  if (setting == "kondado.refused_count") return rules.refused_count;
  if (setting == "kondado.scope") return rules.scope;
  if (setting == "kondado.count_unauthenticated") return rules.count_unauthenticated;
  return std::to_string(setting == "kondado.per_second" ? rules.per_second : rules.per_minute);
}

std::string NameOf(const LimitRules& rules) {
  std::string name;
  for (const Dimension& dimension : Dimensions()) {
    name += (name.empty() ? "" : " ") + std::string(dimension.setting.substr(8)) + "=" +
            ValueOf(rules, dimension.setting);
  }
  return name;
}

}  // namespace kondor::live
