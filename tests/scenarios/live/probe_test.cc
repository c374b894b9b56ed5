// The probe against every reading there is, each played by the oracle: it names the reading, or
// those that nothing from here tells apart, within its stated means.
#include "scenarios/live/probe/probe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/rng.h"

namespace kondor::live {
namespace {

constexpr std::int64_t kBegin = 1'767'225'600'000 + 13'250;  // within a minute and a second
constexpr int kShares = 24;                                  // of all readings, six each

std::set<std::string> ValuesLeft(const Probe& probe, std::string_view setting) {
  std::set<std::string> values;
  for (const Candidate& candidate : probe.left()) values.insert(ValueOf(candidate.rules, setting));
  return values;
}

// What no client can know (docs/LIVE.md).
bool CannotBeKnown(const scenarios::LimitRules& truth, std::string_view setting,
                   SecondToken second) {
  if (setting == "kondado.refused_count") {  // by definition; or the lock outlasts all traces
    return truth.window == "token_bucket" || truth.window == "gcra" || truth.lockout == "from_last";
  }
  return setting == "kondado.scope" && second == SecondToken::kNone &&
         truth.count_unauthenticated == "no";
}

// Plays all readings at once: those that have answered alike so far share the next call.
class Orchard {
 public:
  explicit Orchard(SecondToken second) : second_(second) {}

  void Grow(const Probe& probe, std::int64_t now_ms, const std::vector<Candidate>& truths) {
    Probe here = probe;
    const int calls = static_cast<int>(here.log().size());
    const auto next =
        here.Next(now_ms, {kProbeCallsMax - calls, kProbeRefusalsMax - here.refusals()});
    if (!next) return Pick(here, truths);
    std::vector<ProbeCall> log = here.log();
    log.push_back(*next);
    for (const char letter : {'+', '-', '!'}) {
      std::vector<Candidate> alike;
      std::ranges::copy_if(truths, std::back_inserter(alike), [&](const Candidate& truth) {
        return Foretold(truth, log).back() == letter;
      });
      if (alike.empty()) continue;
      Probe there = here;
      there.Tell(*next, letter);
      Grow(there, next->sent_ms, alike);
    }
  }

  int calls_max = 0, refusals_max = 0, named = 0;
  std::int64_t ms_max = 0;

 private:
  void Pick(const Probe& probe, const std::vector<Candidate>& truths) {
    calls_max = std::max(calls_max, static_cast<int>(probe.log().size()));
    refusals_max = std::max(refusals_max, probe.refusals());
    ms_max = std::max(ms_max, probe.log().back().sent_ms - kBegin);
    for (const Candidate& truth : truths) {
      for (const Dimension& dimension : Dimensions()) {
        const auto values = ValuesLeft(probe, dimension.setting);
        EXPECT_TRUE(values.contains(ValueOf(truth.rules, dimension.setting)))
            << NameOf(truth.rules);
        if (CannotBeKnown(truth.rules, dimension.setting, second_)) continue;
        EXPECT_EQ(values.size(), 1U) << NameOf(truth.rules) << ": " << dimension.setting;
      }
      ++named;
    }
  }

  const SecondToken second_;
};

class EveryReadingTest : public testing::TestWithParam<std::tuple<SecondToken, int>> {};

TEST_P(EveryReadingTest, IsNamedWithinTheStatedMeans) {
  const auto [second, phase_ms] = GetParam();
  std::vector<Candidate> truths = PublishedCandidates();
  std::erase_if(truths, [](const Candidate& truth) { return truth.phase_ms != 0; });
  for (Candidate& truth : truths) truth.phase_ms = phase_ms;
  Orchard orchard(second);
  orchard.Grow(Probe(second), kBegin, truths);
  EXPECT_EQ(orchard.named, 144);
  EXPECT_LE(orchard.calls_max, kProbeCallsMax);
  EXPECT_LE(orchard.refusals_max, kProbeRefusalsMax);
  EXPECT_LE(orchard.ms_max, 275'000 + 35'000 * kProbeRefusalsMax);  // as the plan says
  RecordProperty("calls_max", orchard.calls_max);
  RecordProperty("refusals_max", orchard.refusals_max);
  RecordProperty("seconds_max", static_cast<int>(orchard.ms_max / 1000));
}

// The server's clock may lie anywhere within half a second of ours.
INSTANTIATE_TEST_SUITE_P(Clocks, EveryReadingTest,
                         testing::Values(std::tuple(SecondToken::kNone, 0),
                                         std::tuple(SecondToken::kGiven, -430)));

// As calls go over a network: out late now and then, seen by the server at some time before the
// answer is here, by a clock up to half a second from ours.
class Network {
 public:
  explicit Network(std::uint64_t seed) : rng_(seed), phase_ms_(Below(1'000) - 500) {}

  // When it goes, and when its answer is here.
  ProbeCall Carry(ProbeCall call) {
    call.sent_ms += Below(4) == 0 ? Below(30) : Below(2);
    call.answered_ms = call.sent_ms + 2 + Below(8) + (Below(8) == 0 ? Below(150) : 0);
    return call;
  }
  // What the server sees of it.
  ProbeCall Seen(const ProbeCall& call) {
    const std::int64_t at = call.sent_ms + 1 + Below(call.answered_ms - call.sent_ms);
    return {at, at, call.who};
  }
  std::int64_t phase_ms() const { return phase_ms_; }

 private:
  std::int64_t Below(std::int64_t most) {
    return static_cast<std::int64_t>(rng_.Below(static_cast<std::uint64_t>(most)));
  }

  Rng rng_;
  const std::int64_t phase_ms_;
};

class OverANetworkTest : public testing::TestWithParam<int> {};

TEST_P(OverANetworkTest, TheReadingInForceIsNeverRuledOut) {
  std::vector<Candidate> truths = PublishedCandidates();
  std::erase_if(truths, [](const Candidate& truth) { return truth.phase_ms != 0; });
  for (std::size_t i = static_cast<std::size_t>(GetParam()); i < truths.size(); i += kShares) {
    Candidate truth = truths[i];
    Network network(i);
    truth.phase_ms = network.phase_ms();
    Probe probe(SecondToken::kGiven);
    std::vector<ProbeCall> seen;
    std::int64_t now_ms = kBegin + 977 * GetParam();
    while (const auto next = probe.Next(now_ms, {kProbeCallsMax - static_cast<int>(seen.size()),
                                                 kProbeRefusalsMax - probe.refusals()})) {
      const ProbeCall call = network.Carry(*next);
      seen.push_back(network.Seen(call));
      probe.Tell(call, Foretold(truth, seen).back());
      now_ms = call.answered_ms;
    }
    EXPECT_TRUE(std::ranges::any_of(
        probe.left(),
        [&](const Candidate& candidate) { return NameOf(candidate.rules) == NameOf(truth.rules); }))
        << NameOf(truth.rules) << " at " << truth.phase_ms << " ms: " << probe.letters();
  }
}

// All shares take two minutes: testing::Range(0, kShares).
INSTANTIATE_TEST_SUITE_P(Networks, OverANetworkTest, testing::Values(3, 8, 17));

TEST(Probe, AsksForNothingWithoutLeaveToProvoke) {
  Probe probe(SecondToken::kGiven);
  EXPECT_FALSE(probe.Next(kBegin, {40, 0}));
  EXPECT_TRUE(probe.too_dear());
}

TEST(Probe, NamesLimitsThatAreNotThePublishedOnes) {  // K4
  for (const auto& [second, minute] : {std::pair{2, 20}, {1, 30}, {0, 20}, {1, 10}}) {
    Candidate truth;
    truth.rules.per_second = second;
    truth.rules.per_minute = minute;
    Probe probe(SecondToken::kNone);
    std::vector<ProbeCall> log;
    std::int64_t now_ms = kBegin;
    while (const auto next =
               probe.Next(now_ms, {100 - static_cast<int>(log.size()), 12 - probe.refusals()})) {
      log.push_back(*next);
      now_ms = next->sent_ms;
      probe.Tell(*next, Foretold(truth, log).back());
    }
    EXPECT_TRUE(probe.left().empty()) << second << ", " << minute;
    EXPECT_TRUE(std::ranges::any_of(
        probe.others(),
        [&](const Candidate& other) { return NameOf(other.rules) == NameOf(truth.rules); }))
        << second << ", " << minute;
  }
}

TEST(Probe, WillNotBeLedAstrayByASlowNetwork) {
  // Each call takes a second there and back: the server may have seen them further apart.
  Candidate truth;
  Probe probe(SecondToken::kNone);
  std::vector<ProbeCall> seen;
  std::int64_t now_ms = kBegin;
  while (auto next =
             probe.Next(now_ms, {8 - static_cast<int>(seen.size()), 10 - probe.refusals()})) {
    next->sent_ms = std::max(next->sent_ms, now_ms);
    next->answered_ms = next->sent_ms + 1'000;
    ProbeCall at_server = *next;
    at_server.sent_ms = next->answered_ms;
    seen.push_back(at_server);
    probe.Tell(*next, Foretold(truth, seen).back());
    now_ms = next->answered_ms;
  }
  EXPECT_TRUE(std::ranges::any_of(probe.left(), [&](const Candidate& candidate) {
    return NameOf(candidate.rules) == NameOf(truth.rules);
  }));
}

}  // namespace
}  // namespace kondor::live
