#include "mock_server/sandbox/sandbox_clock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <vector>

#include "mock_server/sandbox/time_text.h"
#include "tests/mock_server/new_year.h"

namespace kondor {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

class SandboxClockTest : public testing::Test {
 protected:
  ManualClock machine_{kNewYear};
  SandboxClock clock_{machine_};
};

TEST_F(SandboxClockTest, StartsRealAtTheMachinesTime) {
  const SandboxClock::State state = clock_.Read();
  EXPECT_EQ(state.mode, ClockMode::kReal);
  EXPECT_EQ(state.now, kNewYear);
  EXPECT_EQ(state.speed, 1);
}

TEST_F(SandboxClockTest, RealFollowsTheMachine) {
  machine_.Advance(milliseconds(1'234));
  EXPECT_EQ(clock_.Now(), kNewYear + milliseconds(1'234));
}

TEST_F(SandboxClockTest, TicksInWholeMicroseconds) {
  machine_.Advance(Duration(999));
  EXPECT_EQ(clock_.Now(), kNewYear);
  machine_.Advance(Duration(1));
  EXPECT_EQ(clock_.Now(), kNewYear + microseconds(1));
}

TEST_F(SandboxClockTest, RunsAsManyTimesAsFastAsItIsTold) {
  ASSERT_TRUE(clock_.Set({.speed = 10}));
  EXPECT_EQ(clock_.Now(), kNewYear) << "a new speed is no jump";
  machine_.Advance(seconds(3));
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(30));
  ASSERT_TRUE(clock_.Set({.speed = 0.5}));
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(30)) << "what was run at the old speed stays";
  machine_.Advance(seconds(2));
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(31));
  EXPECT_EQ(clock_.Read().speed, 0.5);
}

TEST_F(SandboxClockTest, ManualStandsStill) {
  ASSERT_TRUE(clock_.Set({.mode = ClockMode::kManual}));
  machine_.Advance(hours(5));
  EXPECT_EQ(clock_.Now(), kNewYear);
}

TEST_F(SandboxClockTest, SwitchingModesKeepsTheTime) {
  machine_.Advance(seconds(1));
  ASSERT_TRUE(clock_.Set({.mode = ClockMode::kManual}));
  machine_.Advance(seconds(100));
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(1));
  ASSERT_TRUE(clock_.Set({.mode = ClockMode::kReal}));
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(1)) << "the machine's time did not pass here";
  machine_.Advance(seconds(2));
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(3));
}

TEST_F(SandboxClockTest, AdvancesInBothModes) {
  EXPECT_EQ(clock_.Advance(seconds(7))->now, kNewYear + seconds(7));
  machine_.Advance(seconds(1));
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(8));
  ASSERT_TRUE(clock_.Set({.mode = ClockMode::kManual}));
  EXPECT_EQ(clock_.Advance(microseconds(1))->now, kNewYear + seconds(8) + microseconds(1));
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(8) + microseconds(1));
  EXPECT_EQ(clock_.Advance(Duration(0))->now, clock_.Now());
}

TEST_F(SandboxClockTest, AdvancesARealClockByTheSandboxesTimeNotTheMachines) {
  ASSERT_TRUE(clock_.Set({.speed = 100}));
  EXPECT_EQ(clock_.Advance(seconds(1))->now, kNewYear + seconds(1));
}

TEST_F(SandboxClockTest, NeverGoesBack) {
  const Result<SandboxClock::State> set = clock_.Set({.now = kNewYear - microseconds(1)});
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_NE(set.error().message.find("2026-01-01T00:00:00.000000Z"), std::string::npos);
  EXPECT_EQ(clock_.Now(), kNewYear);
  EXPECT_TRUE(clock_.Set({.now = kNewYear})) << "now is not the past";
}

TEST_F(SandboxClockTest, RefusedChangesChangeNothing) {
  ASSERT_TRUE(clock_.Set({.speed = 4}));
  EXPECT_FALSE(clock_.Set({.mode = ClockMode::kManual, .now = kNewYear - seconds(1)}));
  EXPECT_FALSE(clock_.Set({.now = kNewYear + seconds(9), .speed = -1}));
  EXPECT_FALSE(clock_.Set({.mode = ClockMode::kManual, .now = kNewYear + seconds(9), .speed = 2}));
  EXPECT_EQ(clock_.Read().mode, ClockMode::kReal);
  EXPECT_EQ(clock_.Read().speed, 4);
  EXPECT_EQ(clock_.Read().now, kNewYear);
}

TEST_F(SandboxClockTest, BoundsItsSpeed) {
  for (const double speed : {0.0, -1.0, kClockSpeedMax + 1, std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_FALSE(clock_.Set({.speed = speed})) << speed;
  }
  EXPECT_TRUE(clock_.Set({.speed = kClockSpeedMax}));
  EXPECT_TRUE(clock_.Set({.speed = 1e-9}));
}

TEST_F(SandboxClockTest, AManualClockHasNoSpeed) {
  ASSERT_TRUE(clock_.Set({.speed = 10}));
  ASSERT_TRUE(clock_.Set({.mode = ClockMode::kManual}));
  EXPECT_EQ(clock_.Read().speed, 1);
  EXPECT_FALSE(clock_.Set({.speed = 10}));
  EXPECT_TRUE(clock_.Set({.speed = 1}));
  ASSERT_TRUE(clock_.Set({.mode = ClockMode::kReal}));
  EXPECT_EQ(clock_.Read().speed, 1);
}

TEST_F(SandboxClockTest, EndsWithTheYear2199) {
  EXPECT_FALSE(clock_.Set({.now = kTimeMax + microseconds(1)}));
  EXPECT_FALSE(clock_.Advance(kTimeMax - kNewYear + microseconds(1)));
  EXPECT_FALSE(clock_.Advance(Duration::max()));
  EXPECT_EQ(clock_.Now(), kNewYear);
  EXPECT_TRUE(clock_.Advance(kTimeMax - kNewYear));
  EXPECT_EQ(clock_.Now(), kTimeMax);
}

TEST_F(SandboxClockTest, StandsAtItsEndAtAnySpeedAndCanStillBeSwitched) {
  for (const double speed : {1.0, 1000.0, kClockSpeedMax}) {
    ASSERT_TRUE(clock_.Restart({.now = kTimeMax - milliseconds(1), .speed = speed}));
    machine_.Advance(hours(1));
    EXPECT_EQ(clock_.Now(), kTimeMax) << speed;
    EXPECT_TRUE(clock_.Set({.mode = ClockMode::kManual})) << speed;
  }
  // A century of the machine's time at full speed does not fit 64 bits.
  ASSERT_TRUE(clock_.Restart({.speed = kClockSpeedMax}));
  machine_.Advance(hours(24 * 365 * 100));
  EXPECT_EQ(clock_.Now(), kTimeMax);
}

TEST_F(SandboxClockTest, RestartIsANewLifeThatMayBeginInThePast) {
  ASSERT_TRUE(clock_.Set({.mode = ClockMode::kManual, .now = kNewYear + hours(1)}));
  const TimePoint past = FromUnixMicros(1'000'000);
  ASSERT_TRUE(clock_.Restart({.mode = ClockMode::kManual, .now = past}));
  EXPECT_EQ(clock_.Now(), past);
  machine_.Advance(seconds(1));
  EXPECT_EQ(clock_.Now(), past);
  ASSERT_TRUE(clock_.Restart({.now = past, .speed = 2}));
  machine_.Advance(seconds(1));
  EXPECT_EQ(clock_.Now(), past + seconds(2));
}

TEST_F(SandboxClockTest, RestartWithoutAnythingFollowsTheMachineAgain) {
  ASSERT_TRUE(clock_.Set({.mode = ClockMode::kManual, .now = kNewYear + hours(1)}));
  machine_.Advance(seconds(5));
  ASSERT_TRUE(clock_.Restart({}));
  EXPECT_EQ(clock_.Read().mode, ClockMode::kReal);
  EXPECT_EQ(clock_.Now(), kNewYear + seconds(5));
}

TEST_F(SandboxClockTest, RefusesALifeThatBeginsAfterTheEnd) {
  const TimePoint late = kTimeMax + microseconds(1);
  EXPECT_FALSE(clock_.Restart({.now = late}));
  EXPECT_FALSE(clock_.Restart({.mode = ClockMode::kManual, .now = late}));
  EXPECT_FALSE(clock_.Restart({.speed = 0}));
  EXPECT_LE(clock_.Now(), kTimeMax);
}

// Every reading finds it later, as a machine's clock does on a busy day.
class TickingClock final : public Clock {
 public:
  TimePoint Now() const noexcept override { return kNewYear + ++ticks_ * microseconds(3); }

 private:
  mutable std::atomic<int> ticks_ = 0;
};

TEST(SandboxClockOnARunningMachine, TakesEveryChangeThatNamesNoTime) {
  const TickingClock machine;
  SandboxClock clock(machine);
  TimePoint last = clock.Now();
  for (const SandboxClock::Change& change :
       std::vector<SandboxClock::Change>{{},
                                         {.speed = 1000},
                                         {.speed = kClockSpeedMax},
                                         {.mode = ClockMode::kManual},
                                         {.mode = ClockMode::kReal},
                                         {.speed = 1}}) {
    const Result<SandboxClock::State> set = clock.Set(change);
    ASSERT_TRUE(set) << set.error().message;
    EXPECT_GE(set->now, last);
    EXPECT_GE(clock.Now(), set->now);
    last = clock.Now();
    EXPECT_TRUE(clock.Advance(Duration(0)));
    EXPECT_TRUE(clock.Advance(microseconds(1)));
    EXPECT_GE(clock.Now(), last + microseconds(1));
    last = clock.Now();
  }
  EXPECT_TRUE(clock.Restart({}));
  EXPECT_TRUE(clock.Restart({.speed = kClockSpeedMax}));
}

TEST(ClockMode, ReadsBackWhatItWrites) {
  for (const ClockMode mode : {ClockMode::kReal, ClockMode::kManual}) {
    EXPECT_EQ(ParseClockMode(ToText(mode)), mode);
  }
  EXPECT_EQ(ToText(ClockMode::kManual), "manual");
  EXPECT_EQ(ParseClockMode("Real"), std::nullopt);
  EXPECT_EQ(ParseClockMode(""), std::nullopt);
}

}  // namespace
}  // namespace kondor
