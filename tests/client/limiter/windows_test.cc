// The counting strategies: their own arithmetic, and the bound each keeps wherever it is measured.
#include "client/limiter/windows.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "client/limiter/all_of.h"
#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// When `count` calls go that are always answered at once, in milliseconds after the begin.
std::vector<std::int64_t> Gone(Strategy& strategy, int count) {
  std::vector<std::int64_t> gone;
  TimePoint now = kBegin;
  for (CallId call = 0; call < static_cast<CallId>(count); ++call) {
    now = strategy.Check(now);
    strategy.Take(now, call);
    strategy.Settle(now, call, {});
    gone.push_back((now - kBegin) / milliseconds(1));
  }
  return gone;
}

using Instants = std::vector<std::int64_t>;
constexpr Quota kThreeInTen{3, seconds(10)};

TEST(Pace, LeavesTheIntervalBetweenCalls) {
  EXPECT_EQ(Gone(*MakePace(milliseconds(1'050)), 4), (Instants{0, 1'050, 2'100, 3'150}));
}

TEST(Gcra, SpreadsEvenlyAfterItsBurst) {
  constexpr Quota kTwenty{20, seconds(60)};
  EXPECT_EQ(Gone(*MakeGcra(kTwenty, 1), 3), (Instants{0, 3'000, 6'000}));
  EXPECT_EQ(Gone(*MakeGcra(kTwenty, 2), 4), (Instants{0, 0, 3'000, 6'000}));
}

TEST(Gcra, RestsToItsBurstAgainAndNoFurther) {
  const StrategyPtr bucket = MakeGcra(kThreeInTen, 3);
  EXPECT_EQ(Gone(*bucket, 3), (Instants{0, 0, 0}));
  const TimePoint later = kBegin + seconds(1'000);
  for (CallId call = 10; call < 13; ++call) {
    ASSERT_EQ(bucket->Check(later), later);
    bucket->Take(later, call);
  }
  EXPECT_EQ(bucket->Check(later), later + Duration(3'333'333'334));  // rounded up
}

TEST(FixedWindow, OpensWithTheFirstCall) {
  EXPECT_EQ(Gone(*MakeFixedWindow(kThreeInTen), 7),
            (Instants{0, 0, 0, 10'000, 10'000, 10'000, 20'000}));
  const StrategyPtr window = MakeFixedWindow(kThreeInTen);
  window->Take(kBegin, 1);
  for (CallId call = 2; call < 7; ++call) {  // two at its end and three after it: that is its flaw
    const TimePoint now = kBegin + milliseconds(call < 4 ? 9'999 : 10'000);
    ASSERT_EQ(window->Check(now), now) << call;
    window->Take(now, call);
  }
}

TEST(SlidingLog, WaitsUntilTheOldestHasLeft) {
  for (const Stamp stamp : {Stamp::kAtSend, Stamp::kAtAnswer}) {
    EXPECT_EQ(Gone(*MakeSlidingLog(kThreeInTen, stamp), 5), (Instants{0, 0, 0, 10'000, 10'000}));
  }
}

TEST(SlidingLog, StampedAtTheAnswerItWaitsForAnswers) {
  const StrategyPtr log = MakeSlidingLog({2, seconds(10)}, Stamp::kAtAnswer);
  log->Take(kBegin, 1);
  EXPECT_EQ(log->Check(kBegin), kBegin);
  log->Take(kBegin, 2);
  EXPECT_EQ(log->Check(kBegin + seconds(99)), kNotYetKnown);
  log->Settle(kBegin + seconds(4), 2, {});
  EXPECT_EQ(log->Check(kBegin + seconds(4)), kBegin + seconds(14));
  log->Settle(kBegin + seconds(5), 1, {});
  EXPECT_EQ(log->Check(kBegin + seconds(5)), kBegin + seconds(14));
}

TEST(AllOf, GoesWhenTheLastConsents) {
  std::vector<StrategyPtr> parts;
  parts.push_back(MakeSlidingLog({1, seconds(1)}, Stamp::kAtSend));
  parts.push_back(MakeSlidingLog(kThreeInTen, Stamp::kAtSend));
  EXPECT_EQ(Gone(*MakeAllOf(std::move(parts)), 7),
            (Instants{0, 1'000, 2'000, 10'000, 11'000, 12'000, 20'000}));
}

// --- the bound: no stretch of a period holds more than the limit
// -----------------------------------

std::size_t MostInAnyPeriod(std::vector<TimePoint> counted, Duration period) {
  std::sort(counted.begin(), counted.end());
  std::size_t most = 0;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    const auto end = std::lower_bound(counted.begin(), counted.end(), counted[i] + period);
    most = std::max(most, static_cast<std::size_t>(end - counted.begin()) - i);
  }
  return most;
}

struct Bounded {
  std::string name;
  std::function<StrategyPtr(Quota)> make;
};

class Bound : public testing::TestWithParam<Bounded> {};

TEST_P(Bound, IsKeptInEveryStretchOfAPeriodAtTheSender) {
  EXPECT_TRUE(rc::check("never more than the limit", [] {
    const Quota quota{*rc::gen::inRange(1U, 9U), Duration(*rc::gen::inRange(1, 1'000'000))};
    const StrategyPtr strategy = GetParam().make(quota);
    std::vector<TimePoint> sent;
    TimePoint now = kBegin;
    for (const int rest : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 400'000))) {
      now = strategy->Check(now + Duration(rest % 3 == 0 ? rest : 0));
      strategy->Take(now, sent.size());
      strategy->Settle(now, sent.size(), {});
      sent.push_back(now);
    }
    RC_ASSERT(MostInAnyPeriod(sent, quota.period) <= quota.limit);
  }));
}

INSTANTIATE_TEST_SUITE_P(
    Strategies, Bound,
    testing::Values(Bounded{"gcra", [](Quota quota) { return MakeGcra(quota, 1); }},
                    Bounded{"log_send", [](Quota q) { return MakeSlidingLog(q, Stamp::kAtSend); }},
                    Bounded{"log_answer",
                            [](Quota q) { return MakeSlidingLog(q, Stamp::kAtAnswer); }}),
    [](const auto& tested) { return tested.param.name; });

// However long the network takes in either direction, and in whatever order answers come.
TEST(SlidingLog, StampedAtTheAnswerTheServerNeverCountsMoreThanTheLimit) {
  EXPECT_TRUE(rc::check("never more than the limit at the server", [] {
    const Quota quota{*rc::gen::inRange(1U, 6U), Duration(1'000)};
    const StrategyPtr log = MakeSlidingLog(quota, Stamp::kAtAnswer);
    struct Flight {
      CallId call;
      TimePoint answered;
    };
    std::vector<Flight> flights;
    std::vector<TimePoint> counted;
    TimePoint now = kBegin;
    for (int i = 0; i < 60; ++i) {
      while (true) {  // until a call may go
        const auto next = std::min_element(
            flights.begin(), flights.end(),
            [](const Flight& a, const Flight& b) { return a.answered < b.answered; });
        const TimePoint named = log->Check(now);
        if (next == flights.end() || named < next->answered) {
          now = named;
          break;
        }
        now = next->answered;
        log->Settle(now, next->call, {});
        flights.erase(next);
      }
      log->Take(now, static_cast<CallId>(i));
      const Duration there(*rc::gen::inRange(0, 700));
      const Duration back(*rc::gen::inRange(0, 700));
      counted.push_back(now + there);
      flights.push_back({static_cast<CallId>(i), now + there + back});
    }
    RC_ASSERT(MostInAnyPeriod(counted, quota.period) <= quota.limit);
  }));
}

}  // namespace
}  // namespace kondor::limiter
