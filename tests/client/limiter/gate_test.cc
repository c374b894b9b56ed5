// Many threads at one gate. Run under TSan too.
#include "client/limiter/gate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "client/limiter/windows.h"
#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Answer kFine{};

class GateOnManualClock : public testing::Test {
 protected:
  ManualClock clock_{kBegin};
  ManualSleeper sleeper_{clock_};
};

TEST_F(GateOnManualClock, WaitsAsLongAsTheStrategySays) {
  Gate gate(MakeSlidingLog({2, seconds(10)}, Stamp::kAtAnswer), clock_, sleeper_);
  for (const int expected : {0, 0, 10, 10, 20}) {
    Result<Pass> pass = gate.Enter(TimePoint::max());
    ASSERT_TRUE(pass);
    EXPECT_EQ(clock_.Now(), kBegin + seconds(expected));
    pass->Settle(kFine);
  }
}

TEST_F(GateOnManualClock, SaysAtOnceThatTheDeadlineCannotBeMet) {
  Gate gate(MakePace(seconds(10)), clock_, sleeper_);
  ASSERT_TRUE(gate.Enter(kBegin));
  const Result<Pass> late = gate.Enter(kBegin + seconds(10) - microseconds(1));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::kDeadline);
  EXPECT_NE(late.error().message.find("no room for another 10.0 s"), std::string::npos)
      << late.error().message;
  EXPECT_EQ(clock_.Now(), kBegin) << "nobody waited in vain";
  EXPECT_TRUE(gate.Enter(kBegin + seconds(10))) << "the deadline itself is in time";
}

TEST_F(GateOnManualClock, SaysThatItWasOthersThatItWaitedForInVain) {
  Gate gate(MakeSlidingLog({1, seconds(10)}, Stamp::kAtAnswer), clock_, sleeper_);
  const Result<Pass> first = gate.Enter(TimePoint::max());  // whose answer has yet to come
  ASSERT_TRUE(first);
  const Result<Pass> late = gate.Enter(kBegin + seconds(30));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().message,
            "no call may go before the deadline, which is past: others are before it; allow more "
            "time");
}

TEST_F(GateOnManualClock, SaysOnceWhatIsWaitedForBeforeItWaits) {
  std::vector<Waiting> told;
  Gate gate(MakePace(seconds(10)), clock_, sleeper_, [&](const Waiting& waiting) {
    EXPECT_EQ(clock_.Now(), kBegin);
    told.push_back(waiting);
  });
  ASSERT_TRUE(gate.Enter(TimePoint::max()));
  EXPECT_TRUE(told.empty());
  ASSERT_TRUE(gate.Enter(TimePoint::max()));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].why, Waiting::Why::kLimits);
  EXPECT_EQ(told[0].at_least, seconds(10));
}

TEST_F(GateOnManualClock, APassThatNobodySettlesIsSettledAsUnknown) {
  Gate gate(MakeSlidingLog({1, seconds(10)}, Stamp::kAtAnswer), clock_, sleeper_);
  { const Result<Pass> dropped = gate.Enter(TimePoint::max()); }
  ASSERT_TRUE(gate.Enter(TimePoint::max()));
  EXPECT_EQ(clock_.Now(), kBegin + seconds(10));
}

TEST_F(GateOnManualClock, IsCancelledBeforeItWaits) {
  Gate gate(MakePace(seconds(10)), clock_, sleeper_);
  ASSERT_TRUE(gate.Enter(TimePoint::max()));
  std::stop_source stop;
  stop.request_stop();
  const Result<Pass> cancelled = gate.Enter(TimePoint::max(), stop.get_token());
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, ErrorKind::kCancelled);
}

class GateOfThreads : public testing::Test {
 protected:
  SystemClock clock_;
  SystemSleeper sleeper_{clock_};
};

TEST_F(GateOfThreads, AWaiterIsCancelledAndTheNextMovesUp) {
  Gate gate(MakeSlidingLog({1, milliseconds(1)}, Stamp::kAtAnswer), clock_, sleeper_);
  Result<Pass> first = gate.Enter(TimePoint::max());  // until it is settled nobody may go
  ASSERT_TRUE(first);
  std::atomic<int> cancelled{0}, entered{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&](const std::stop_token& stop) {
        const Result<Pass> pass = gate.Enter(TimePoint::max(), stop);
        ++(pass ? entered : cancelled);
      });
    }
    threads[0].request_stop();
    threads[2].request_stop();
    threads[0].join();
    threads[2].join();
    EXPECT_EQ(cancelled, 2);
    first->Settle(kFine);
    threads[1].join();
    threads[3].join();
  }
  EXPECT_EQ(entered, 2);
}

TEST_F(GateOfThreads, EverybodyComesThroughAndNeverMoreThanTheQuota) {
  constexpr int kThreads = 8;
  constexpr int kCallsEach = 25;
  constexpr Quota kQuota{10, milliseconds(5)};
  Gate gate(MakeSlidingLog(kQuota, Stamp::kAtAnswer), clock_, sleeper_);
  Mutex mutex;
  std::vector<TimePoint> gone;
  {
    std::latch start(kThreads);
    std::vector<std::jthread> threads;
    for (int n = 0; n < kThreads; ++n) {
      threads.emplace_back([&] {
        start.arrive_and_wait();
        for (int i = 0; i < kCallsEach; ++i) {
          Result<Pass> pass = gate.Enter(TimePoint::max());
          ASSERT_TRUE(pass);
          const TimePoint now = clock_.Now();
          pass->Settle(kFine);
          const MutexLock lock(mutex);
          gone.push_back(now);
        }
      });
    }
  }
  ASSERT_EQ(gone.size(), static_cast<std::size_t>(kThreads * kCallsEach));
  std::sort(gone.begin(), gone.end());
  for (std::size_t i = kQuota.limit; i < gone.size(); ++i) {
    EXPECT_GE(gone[i] - gone[i - kQuota.limit], kQuota.period) << i;
  }
}

}  // namespace
}  // namespace kondor::limiter
