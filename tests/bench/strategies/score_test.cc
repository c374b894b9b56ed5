// What a run is worth, worked out by hand.
#include "bench/strategies/score.h"

#include <gtest/gtest.h>

namespace kondor::bench {
namespace {

using std::chrono::seconds;

Try At(std::uint32_t worker, int intended_s, int decided_s, bool admitted) {
  Try one;
  one.worker = worker;
  one.intended = seconds(intended_s);
  one.sent = one.decided = one.answered = seconds(decided_s);
  one.admitted = admitted;
  return one;
}

// Two workers of two calls each.
Scenario TwoWorkers() {
  Scenario scenario;
  scenario.workers = {{1, 0, {seconds(0), seconds(10)}}, {1, 1, {seconds(0), seconds(10)}}};
  return scenario;
}

TEST(Score, CountsFromTheIntendedInstant) {
  const std::vector<Try> tries = {At(0, 0, 0, true), At(1, 0, 0, false), At(1, 0, 60, true),
                                  At(0, 10, 61, true), At(1, 10, 120, true)};
  const Score score = ScoreOf(tries, TwoWorkers(), seconds(60));
  EXPECT_EQ(score.succeeded, 4U);
  EXPECT_EQ(score.refused, 1U);
  EXPECT_EQ(score.lost, 0U);
  EXPECT_EQ(score.makespan, seconds(120));
  EXPECT_DOUBLE_EQ(score.ratio, 2);
  EXPECT_DOUBLE_EQ(score.wasted, 0.5);
  EXPECT_DOUBLE_EQ(score.refused_per_100, 20);
  EXPECT_DOUBLE_EQ(score.goodput_per_minute, 2);
  EXPECT_EQ(score.wait_p50, seconds(51));
  EXPECT_EQ(score.wait_max, seconds(110));
  EXPECT_EQ(score.recovery, seconds(60));
  // Goodputs 2/61 and 2/120.
  EXPECT_NEAR(score.jain, 181.0 * 181 / (2 * (61.0 * 61 + 120.0 * 120)), 1e-9);
}

TEST(Score, ALostCallHasWaitedToTheHorizon) {
  const std::vector<Try> tries = {At(0, 0, 0, true), At(0, 10, 10, true), At(1, 0, 20, true)};
  const Score score = ScoreOf(tries, TwoWorkers(), seconds(60));
  EXPECT_EQ(score.lost, 1U);
  EXPECT_EQ(score.makespan, kHorizon);
  EXPECT_EQ(score.wait_max, kHorizon - seconds(10));
  EXPECT_EQ(score.wait_p99, kHorizon - seconds(10));
}

}  // namespace
}  // namespace kondor::bench
