#include "scenarios/live/probe/candidate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kondor::live {
namespace {

using scenarios::LimitRules;

constexpr std::int64_t kWholeMinuteMs = 60'000;
constexpr std::array<std::int64_t, 4> kServerPhasesMs = {0, 250, 500, 750};

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

std::string Foretold(const Candidate& candidate, const std::vector<ProbeCall>& calls, Stamp stamp) {
  if (calls.empty()) return {};
  // The oracle counts from a whole minute.
  const std::int64_t begin = calls.front().sent_ms / kWholeMinuteMs * kWholeMinuteMs;
  std::vector<scenarios::ForetoldCall> seen;
  seen.reserve(calls.size());
  for (const ProbeCall& call : calls) {
    const std::int64_t at = stamp == Stamp::kSent ? call.sent_ms : call.answered_ms;
    seen.push_back({at - begin + candidate.phase_ms, "ours", KeyOf(call.who)});
  }
  return scenarios::Foretell(candidate.rules, seen);
}

bool Explains(const Candidate& candidate, const std::vector<ProbeCall>& calls,
              const std::string& letters) {
  // Most that are wrong are so from the beginning, and a short beginning is soon foretold.
  constexpr std::size_t kBeginning = 8;
  if (calls.size() > 2 * kBeginning) {
    const std::vector<ProbeCall> few(calls.begin(), calls.begin() + kBeginning);
    if (!Explains(candidate, few, letters.substr(0, kBeginning))) return false;
  }
  if (Foretold(candidate, calls, Stamp::kSent) == letters) return true;
  const bool instant = std::ranges::all_of(
      calls, [](const ProbeCall& call) { return call.sent_ms == call.answered_ms; });
  return !instant && Foretold(candidate, calls, Stamp::kAnswered) == letters;
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
