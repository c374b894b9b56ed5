#include "base/clock.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace kondor {
namespace {

using std::chrono::milliseconds;

TEST(ManualClock, StandsStillUntilAdvanced) {
  ManualClock clock(FromUnixMicros(1'000'000));
  EXPECT_EQ(ToUnixMicros(clock.Now()), 1'000'000);
  EXPECT_EQ(clock.Now(), clock.Now());
  clock.Advance(milliseconds(250));
  EXPECT_EQ(ToUnixMicros(clock.Now()), 1'250'000);
}

TEST(ManualClock, AdvancesFromManyThreadsAddUp) {
  ManualClock clock(TimePoint{});
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 1000; ++j) clock.Advance(Duration(1));
    });
  }
  threads.clear();
  EXPECT_EQ(clock.Now(), TimePoint(Duration(4000)));
}

TEST(SystemClock, NeverRunsBackwardsAndReadsAsUnixTime) {
  const SystemClock clock;
  TimePoint last = clock.Now();
  for (int i = 0; i < 10'000; ++i) {
    const TimePoint now = clock.Now();
    ASSERT_GE(now, last);
    last = now;
  }
  // Anchored to the wall: after 2020-01-01, which a clock of boot time would not be.
  EXPECT_GT(ToUnixMicros(last), 1'577'836'800'000'000);
}

TEST(MachineClock, IsOneForAllAndNeverRunsBackwards) {
  const MachineClock one, other;
  TimePoint last = one.Now();
  EXPECT_GT(last, TimePoint{});
  for (int i = 0; i < 10'000; ++i) {
    const TimePoint now = (i % 2 == 0 ? other : one).Now();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST(UnixMicros, RoundsDownAlsoBeforeTheEpoch) {
  EXPECT_EQ(ToUnixMicros(TimePoint(Duration(1'999))), 1);
  EXPECT_EQ(ToUnixMicros(TimePoint(Duration(-1))), -1);
}

}  // namespace
}  // namespace kondor
