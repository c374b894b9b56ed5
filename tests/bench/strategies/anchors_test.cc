// Figures that anybody can work out by hand, or that were measured elsewhere; the simulation has to
// find them again.
#include <gtest/gtest.h>

#include <algorithm>
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

Score Play(const std::string& strategy, const Reading& reading, const std::string& scenario) {
  const Scenario& played = ScenarioNamed(scenario);
  return ScoreOf(Simulate(StrategyNamed(strategy), reading, played, kSeed), played,
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

TEST(Anchors, PacingEveryThreePointTwoSecondsIsNeverRefused) {
  for (const NamedReading& reading : AllReadings()) {
    const Score score = Play("pace_3.2", reading.reading, "saturated");
    EXPECT_EQ(score.refused, 0U) << reading.name;
    EXPECT_NEAR(SecondsOf(score.makespan), 316.8, 0.01) << reading.name;
  }
}

TEST(Anchors, ALogStampedAtSendingIsRefusedOnAJitteryNetworkStampedAtTheAnswerNever) {
  EXPECT_NEAR(Play("sliding_log_send", {}, "saturated_jitter").refused, 45, 12);
  EXPECT_EQ(Play("sliding_log_response", {}, "saturated_jitter").refused, 0U);
}

TEST(Anchors, PacingOfExactlyASecondTakesTheBetterPartOfAnHour) {
  const Score score = Play("pace_1.0", {}, "saturated_jitter");
  EXPECT_NEAR(SecondsOf(score.makespan) / 60, 50, 10);
}

// All four call in the same second, one gets through and goes on for the minute in which the others
// wait as they were told; and then again. Over the whole run each has its turn, so Jain's index
// does not show it: what shows it is that the four together are no faster than one.
TEST(Anchors, FourEqualSharesLockInPhaseAndStarveThreeInEachMinute) {
  const Scenario& split = ScenarioNamed("four_static_split");
  const auto tries = Simulate(StrategyNamed("sliding_log_response"), {}, split, kSeed);
  std::map<std::int64_t, std::set<std::uint32_t>> got_through;
  for (const Try& one : tries) {
    if (one.admitted) got_through[one.decided / std::chrono::minutes(1)].insert(one.worker);
  }
  for (const auto& [minute, workers] : got_through) EXPECT_EQ(workers.size(), 1U) << minute;
  EXPECT_GT(ScoreOf(tries, split, Optimum({}, split)).ratio, 4);
}

class Default : public testing::TestWithParam<std::string> {};

TEST_P(Default, KeepsItsPromises) {
  for (const NamedReading& reading : AllReadings()) {
    const Score score = Play("default", reading.reading, GetParam());
    const bool stricter = reading.reading.window == Window::kSlidingCounter ||
                          reading.reading.window == Window::kGcra;
    EXPECT_EQ(score.lost, 0U) << reading.name;
    EXPECT_LE(score.refused, stricter ? 2U : 0U) << reading.name;
    if (stricter) {
      EXPECT_LE(score.ratio, 1.25) << reading.name;
    } else {
      EXPECT_LE(SecondsOf(score.makespan), 1.01 * 259) << reading.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Networks, Default, testing::Values("saturated", "saturated_jitter"));

TEST(SharedBudget, FourWorkersFareAlikeAndLoseNothing) {
  const Score score = Play("default", {}, "four_shared_budget");
  EXPECT_GE(score.jain, 0.99);
  EXPECT_EQ(score.refused, 0U);
  EXPECT_LE(SecondsOf(score.makespan) * 0.99, 259);
}

}  // namespace
}  // namespace kondor::bench
