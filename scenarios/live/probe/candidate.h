// What the limits may be: a reading of KO1 to KO5 with the limits of K4, and where the server's
// windows lie against our clock. Plain values; thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/oracle/oracle.h"

namespace kondor::live {

enum class Who { kGood, kBad, kSecond };  // whose credentials: ours, nobody's, our second token's

struct ProbeCall {
  std::int64_t sent_ms = 0;      // Unix time on our clock
  std::int64_t answered_ms = 0;  // the server saw it at some time between
  Who who = Who::kGood;
};

struct Candidate {
  scenarios::LimitRules rules;
  // How far the server's clock is ahead of ours within a second, where that matters: it stands for
  // the fifth of a second around it.
  std::int64_t phase_ms = 0;
  double weight = 1;       // of one reading, shared by its phases
  int phases_refuted = 0;  // of those it stands for, in the order they are tried
};

// Every reading of KO1 to KO5 under the published limits.
std::vector<Candidate> PublishedCandidates();
// The same under limits that are not the published ones.
std::vector<Candidate> ChangedLimits();

// A letter for each call: + admitted, - refused by a limit, ! refused for its credentials. The
// server sees each as it is sent.
std::string Foretold(const Candidate& candidate, const std::vector<ProbeCall>& calls);
// Whether the server may be this one, `letters` being what it answered; if so, at a phase it
// stands for that explains them.
std::optional<Candidate> Explaining(Candidate candidate, const std::vector<ProbeCall>& calls,
                                    const std::string& letters);

// The settings that a probe tells apart: kondado.window ... kondado.per_minute.
struct Dimension {
  std::string_view setting;
  std::string_view rule;
};
const std::vector<Dimension>& Dimensions();
std::string ValueOf(const scenarios::LimitRules& rules, std::string_view setting);
// "window=gcra lockout=none ...": without the phase.
std::string NameOf(const scenarios::LimitRules& rules);

}  // namespace kondor::live
