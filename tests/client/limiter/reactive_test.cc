// The strategies that learn from answers.
#include "client/limiter/reactive.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

using std::chrono::seconds;
using Fate = Answer::Fate;

// One call at `now`, answered at once; how long until the next may go.
Duration Wait(Strategy& strategy, TimePoint now, const Answer& answer) {
  strategy.Take(now, 1);
  strategy.Settle(now, 1, answer);
  return strategy.Check(now) - now;
}

TEST(Hint, WaitsAsLongAsTheServerAsked) {
  const StrategyPtr hint = MakeHint(seconds(60));
  EXPECT_EQ(Wait(*hint, kBegin, {}), seconds(0));
  EXPECT_EQ(Wait(*hint, kBegin, {Fate::kUnknown, seconds(9)}), seconds(0));
  EXPECT_EQ(Wait(*hint, kBegin, {Fate::kRefused, seconds(7)}), seconds(7));
  EXPECT_EQ(Wait(*hint, kBegin + seconds(7), {Fate::kRefused, std::nullopt}), seconds(60));
}

TEST(Hint, AShorterHintDoesNotShortenALongerOne) {
  const StrategyPtr hint = MakeHint(seconds(60));
  hint->Take(kBegin, 1);
  hint->Take(kBegin, 2);
  hint->Settle(kBegin, 1, {Fate::kRefused, seconds(30)});
  hint->Settle(kBegin, 2, {Fate::kRefused, seconds(1)});
  EXPECT_EQ(hint->Check(kBegin), kBegin + seconds(30));
}

TEST(Backoff, DoublesUpToItsCapAndBeginsAnewAfterSuccess) {
  const StrategyPtr backoff =
      MakeBackoff({.base = seconds(1), .cap = seconds(5), .jitter = BackoffOptions::Jitter::kNone});
  TimePoint now = kBegin;
  for (const int expected : {1, 2, 4, 5, 5}) {
    const Duration wait = Wait(*backoff, now, {Fate::kRefused, seconds(60)});
    EXPECT_EQ(wait, seconds(expected));
    now += wait;
  }
  EXPECT_EQ(Wait(*backoff, now, {}), seconds(0));
  EXPECT_EQ(Wait(*backoff, now, {Fate::kRefused, std::nullopt}), seconds(1));
}

TEST(Backoff, FullJitterSpreadsOverTheWholeWait) {
  Duration least = seconds(99), most{};
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Duration wait =
        Wait(*MakeBackoff({.base = seconds(8), .seed = seed}), kBegin, {Fate::kRefused, {}});
    least = std::min(least, wait);
    most = std::max(most, wait);
  }
  EXPECT_LT(least, seconds(1));
  EXPECT_GT(most, seconds(7));
  EXPECT_LE(most, seconds(8));
}

TEST(Aimd, SlowsDownOnceForABreachAndSpeedsUpSlowly) {
  const StrategyPtr aimd = MakeAimd({.rate = 1, .increase = 0.25});
  aimd->Take(kBegin, 1);
  aimd->Take(kBegin, 2);
  aimd->Settle(kBegin, 1, {Fate::kRefused, std::nullopt});
  aimd->Settle(kBegin, 2, {Fate::kRefused, std::nullopt});
  EXPECT_EQ(aimd->Check(kBegin), kBegin + seconds(2));
  EXPECT_EQ(Wait(*aimd, kBegin + seconds(2), {}), Duration(1'333'333'334));
  EXPECT_EQ(Wait(*aimd, kBegin + seconds(9), {}), seconds(1));
  EXPECT_EQ(Wait(*aimd, kBegin + seconds(10), {}), seconds(1)) << "not above the highest rate";
}

TEST(AwsAdaptive, HoldsNobodyBackBeforeTheFirstRefusal) {
  const StrategyPtr aws = MakeAwsAdaptive();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Wait(*aws, kBegin, {}), seconds(0));
}

TEST(AwsAdaptive, FollowsItsCubicAfterARefusal) {
  const StrategyPtr aws = MakeAwsAdaptive();
  // Ten calls a second for ten seconds: the measured rate is ten.
  for (int i = 0; i <= 100; ++i) {
    Wait(*aws, kBegin + Duration(100'000'000) * i, {});
  }
  TimePoint now = kBegin + Duration(10'100'000'000);
  EXPECT_EQ(Wait(*aws, now, {Fate::kRefused, std::nullopt}), seconds(0)) << "one token is left";
  const Duration wait = Wait(*aws, now, {Fate::kRefused, std::nullopt});
  // An empty bucket that fills at 0.7 x 0.7 x 10 a second.
  EXPECT_NEAR(static_cast<double>(wait.count()), 1e9 / 4.9, 2e7);
  double slowest = 0;
  for (int i = 0; i < 200; ++i) {
    now = aws->Check(now);
    const Duration gap = Wait(*aws, now, {});
    slowest = std::max(slowest, static_cast<double>(gap.count()));
  }
  EXPECT_LT(slowest, 3e8);
  EXPECT_LT(aws->Check(now) - now, Duration(100'000'000)) << "it passes the rate it fell from";
}

TEST(SreAdaptive, HoldsBackByTheShareOfRefusals) {
  const StrategyPtr healthy = MakeSreAdaptive({});
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Wait(*healthy, kBegin + seconds(i), {}), seconds(0));
  const StrategyPtr refused = MakeSreAdaptive({});
  TimePoint now = kBegin;
  Duration waited{};
  for (int i = 0; i < 50; ++i) {
    const Duration wait = Wait(*refused, now, {Fate::kRefused, std::nullopt});
    waited += wait;
    now += wait;
  }
  EXPECT_GT(waited, seconds(300)) << "most of what would be sent is held back";
}

}  // namespace
}  // namespace kondor::limiter
