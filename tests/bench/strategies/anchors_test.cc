// Figures that anybody can work out by hand, or that were measured elsewhere; the simulation has to
// find them again.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "bench/strategies/optimum.h"
#include "bench/strategies/score.h"
#include "tests/bench/strategies/named.h"

namespace kondor::bench {
namespace {

using ledger::Lockout;
using ledger::Reading;
using ledger::Window;
using std::chrono::seconds;

// The seed is the network's, and the strategy's own.
Score Play(const std::string& strategy, const Reading& reading, const std::string& scenario,
           std::uint64_t seed = kSeed) {
  const Scenario& played = ScenarioNamed(scenario);
  return ScoreOf(Simulate(StrategyNamed(strategy), reading, played, seed), played,
                 Optimum(reading, played));
}

double SecondsOf(Duration d) { return static_cast<double>(d.count()) * 1e-9; }
double BestOf(Window window, Duration phase = {}) {
  Scenario scenario = ScenarioNamed("saturated");
  scenario.phase = phase;
  return SecondsOf(Optimum({.window = window}, scenario));
}

TEST(Optimum, OfAHundredCalls) {
  EXPECT_DOUBLE_EQ(BestOf(Window::kSlidingLog), 259);
  EXPECT_DOUBLE_EQ(BestOf(Window::kFixedFromFirst), 259);
  EXPECT_DOUBLE_EQ(BestOf(Window::kTokenBucket), 240);
  EXPECT_DOUBLE_EQ(BestOf(Window::kGcra), 297);
}

// Whoever is never refused is never locked out, so a lock-out costs the optimum nothing.
TEST(Optimum, IsTheSameWithEveryLockout) {
  for (const NamedReading& reading : AllReadings()) {
    Reading without = reading.reading;
    without.lockout = Lockout::kNone;
    EXPECT_EQ(Optimum(reading.reading, ScenarioNamed("saturated")),
              Optimum(without, ScenarioNamed("saturated")))
        << reading.name;
  }
  for (const Lockout lockout : {Lockout::kFromBreach, Lockout::kFromLast}) {
    EXPECT_EQ(Optimum({.lockout = lockout}, ScenarioNamed("saturated")), seconds(259));
  }
}

TEST(Optimum, OfAlignedWindowsDependsOnThePhase) {
  double least = 1e9, most = 0;
  for (int phase = 0; phase < 60; ++phase) {
    const double best = BestOf(Window::kFixedAligned, seconds(phase));
    least = std::min(least, best);
    most = std::max(most, best);
  }
  EXPECT_DOUBLE_EQ(least, 219);
  EXPECT_DOUBLE_EQ(most, 259);
}

constexpr const char* kBothNetworks[] = {"saturated", "saturated_jitter"};

TEST(Anchors, PacingEveryThreePointTwoSecondsIsNeverRefused) {
  for (const NamedReading& reading : AllReadings()) {
    for (const char* scenario : kBothNetworks) {
      const Score score = Play("pace_3.2", reading.reading, scenario);
      EXPECT_EQ(score.refused, 0U) << reading.name << scenario;
      EXPECT_NEAR(SecondsOf(score.makespan), 317, 0.5) << reading.name << scenario;
    }
  }
}

// Under these a strategy that keeps to the quotas as published is asking too much now and then.
bool IsStricter(const Reading& reading) {
  return reading.window == Window::kSlidingCounter || reading.window == Window::kGcra;
}

TEST(Anchors, ALogStampedAtTheAnswerIsNeverRefused) {
  for (const NamedReading& reading : AllReadings()) {
    if (IsStricter(reading.reading)) continue;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const Score score = Play("sliding_log_response", reading.reading, "saturated_jitter", seed);
      EXPECT_EQ(score.refused, 0U) << reading.name << seed;
    }
  }
}

struct Mean {
  double refused = 0;
  double minutes = 0;
};

// Over so many networks that one that is lucky does not count.
Mean MeanOf(const std::string& strategy, Network network) {
  constexpr int kNetworks = 100;
  Scenario scenario = ScenarioNamed("saturated");
  scenario.network = network;
  Mean mean;
  for (std::uint64_t seed = 1; seed <= kNetworks; ++seed) {
    const auto tries = Simulate(StrategyNamed(strategy), {}, scenario, seed);
    const Score score = ScoreOf(tries, scenario, Optimum({}, scenario));
    mean.refused += static_cast<double>(score.refused) / kNetworks;
    mean.minutes += SecondsOf(score.makespan) / 60 / kNetworks;
  }
  return mean;
}

TEST(Anchors, ALogStampedAtSendingIsRefusedFortyFiveTimesWhereDelaysAreWholeMilliseconds) {
  EXPECT_NEAR(MeanOf("sliding_log_send", Network::kJitterMillis).refused, 45, 2);
  EXPECT_NEAR(MeanOf("sliding_log_send", Network::kInstant).refused, 0, 0);
}

TEST(Anchors, PacingOfExactlyASecondTakesFiftyMinutesWhereDelaysAreWholeMilliseconds) {
  EXPECT_NEAR(MeanOf("pace_1.0", Network::kJitterMillis).minutes, 50, 5);
}

// Where no two delays are alike it is worse, and does not hang on how they are spread: a run of
// calls lasts until one is quicker than the one before, which is e - 1 calls in the mean.
TEST(Anchors, BothAreWorseWhereNoTwoDelaysAreAlike) {
  const double runs = 100 / (std::exp(1.0) - 1);
  EXPECT_NEAR(MeanOf("sliding_log_send", Network::kJitter).refused, runs - 1, 2);
  EXPECT_NEAR(MeanOf("pace_1.0", Network::kJitter).minutes, runs, 2);
}

// All four call in the same second, one gets through and goes on for the minute in which the others
// wait as they were told; and then again. Over the whole run each has its turn, so Jain's index
// does not show it: what shows it is that the four together are no faster than one.
TEST(Anchors, FourEqualSharesLockInPhaseAndStarveThreeInEachMinute) {
  for (const char* scenario : {"four_static_split", "four_static_split_jitter"}) {
    const Scenario& split = ScenarioNamed(scenario);
    const auto tries = Simulate(StrategyNamed("sliding_log_response"), {}, split, kSeed);
    std::map<std::int64_t, std::set<std::uint32_t>> got_through;
    for (const Try& one : tries) {
      if (one.admitted) got_through[one.decided / std::chrono::minutes(1)].insert(one.worker);
    }
    const auto starved = std::count_if(got_through.begin(), got_through.end(),
                                       [](const auto& one) { return one.second.size() == 1; });
    EXPECT_EQ(starved, std::ssize(got_through)) << scenario;
    EXPECT_GT(ScoreOf(tries, split, Optimum({}, split)).ratio, 4) << scenario;
  }
}

struct OnNetwork {
  const char* suffix;
  std::uint64_t seed;
};

class Default : public testing::TestWithParam<OnNetwork> {
 protected:
  Score PlayIn(const Reading& reading, const std::string& scenario) {
    return Play("default", reading, scenario + GetParam().suffix, GetParam().seed);
  }
};

TEST_P(Default, LosesNothingUnderTheLenientReadings) {
  for (const NamedReading& reading : AllReadings()) {
    if (IsStricter(reading.reading)) continue;
    const Score score = PlayIn(reading.reading, "saturated");
    EXPECT_EQ(score.lost, 0U) << reading.name;
    EXPECT_EQ(score.refused, 0U) << reading.name;
    EXPECT_LE(SecondsOf(score.makespan), 1.01 * 259) << reading.name;
  }
}

TEST_P(Default, LearnsUnderTheStricterOnes) {
  for (const NamedReading& reading : AllReadings()) {
    if (!IsStricter(reading.reading)) continue;
    const Score score = PlayIn(reading.reading, "saturated");
    EXPECT_EQ(score.lost, 0U) << reading.name;
    EXPECT_LE(score.refused, 2U) << reading.name;
    EXPECT_LE(score.ratio, 1.25) << reading.name;
  }
}

// All four together are as fast as one that is the best possible.
TEST_P(Default, SharedByFourIsFairAndAsFastAsOne) {
  for (const NamedReading& reading : AllReadings()) {
    const Score score = PlayIn(reading.reading, "four_shared_budget");
    EXPECT_EQ(score.lost, 0U) << reading.name;
    EXPECT_GE(score.jain, 0.99) << reading.name;
    if (IsStricter(reading.reading)) {
      EXPECT_LE(score.refused, 2U) << reading.name;
      continue;
    }
    EXPECT_EQ(score.refused, 0U) << reading.name;
    EXPECT_LE(SecondsOf(score.makespan) * 0.99, 259) << reading.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Networks, Default,
                         testing::Values(OnNetwork{"", 1}, OnNetwork{"_jitter", 1},
                                         OnNetwork{"_jitter", 2}, OnNetwork{"_jitter", 3},
                                         OnNetwork{"_jitter", 4}),
                         [](const auto& one) {
                           return one.param.suffix[0] == '\0'
                                      ? std::string("Instant")
                                      : "Jitter" + std::to_string(one.param.seed);
                         });

}  // namespace
}  // namespace kondor::bench
