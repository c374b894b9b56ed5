// Processes that share a budget and are killed while they wait, hold or write.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <latch>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "base/rng.h"
#include "client/budget/file_log.h"
#include "tests/client/budget/redis_server.h"
#include "tests/client/budget/temp_dir.h"
#include "tests/client/budget/worker_budget.h"
#include "tests/client/budget/worker_process.h"

namespace kondor::limiter {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kLong = seconds(20);  // never reached unless somebody is stuck

std::size_t MostWithin(std::vector<TimePoint> instants, Duration period) {
  std::sort(instants.begin(), instants.end());
  std::size_t most = 0;
  for (std::size_t i = 0; i < instants.size(); ++i) {
    const auto end = std::lower_bound(instants.begin(), instants.end(), instants[i] + period);
    most = std::max(most, static_cast<std::size_t>(end - instants.begin()) - i);
  }
  return most;
}

class Processes : public testing::Test {
 protected:
  Result<std::unique_ptr<Budget>> Open(const std::string& where) {
    return OpenWorkerBudget("file", where, clock_, sleeper_);
  }

  TempDir dir_;
  Reports reports_;
  SystemClock clock_;
  SystemSleeper sleeper_{clock_};
};

TEST_F(Processes, AKilledHolderBlocksNobodyButNothingIsForgotten) {
  const std::string where = dir_.File("budget-one");
  auto budget = Open(where);
  ASSERT_TRUE(budget) << budget.error().message;
  WorkerProcess holder("file", where, "hold", reports_);
  ASSERT_NE(reports_.Next(kLong), TimePoint::max()) << "it never got in";
  const auto refused = (*budget)->Enter(clock_.Now());
  ASSERT_FALSE(refused) << "one at a time";
  EXPECT_EQ(refused.error().kind, ErrorKind::kDeadline);
  holder.Kill();
  EXPECT_TRUE((*budget)->Enter(clock_.Now() + kLong));
}

TEST_F(Processes, AKilledWaiterBlocksNobody) {
  const std::string where = dir_.File("budget-one");
  auto budget = Open(where);
  ASSERT_TRUE(budget);
  auto held = (*budget)->Enter(TimePoint::max());
  ASSERT_TRUE(held);
  WorkerProcess waiter("file", where, "hold", reports_);
  const MachineClock machine_clock;
  // A look at the line, with the boot that the file was made in.
  const std::string contents = Contents(where);
  const auto commit = ReadCommit(std::span(
      reinterpret_cast<const unsigned char*>(contents.data()) + kSectorBytes, kSectorBytes));
  ASSERT_TRUE(commit);
  auto log = FileLog::Open({where, WorkerTerms(where), &machine_clock, commit->boot});
  ASSERT_TRUE(log);
  const TimePoint give_up = clock_.Now() + kLong;
  while ((*log)->FirstInLine() == 0 && clock_.Now() < give_up) {
    ASSERT_TRUE((*log)->Exchange({.kind = Wish::Kind::kGone, .call = (*log)->Name()}));
  }
  ASSERT_NE((*log)->FirstInLine(), 0U);
  waiter.Kill();
  held->Settle({});
  EXPECT_TRUE((*budget)->Enter(give_up));
}

// Three of them, each killed now and then after some calls of anybody's, so at no moment in
// particular. All that they were let in for.
std::vector<TimePoint> HammerAndKill(const std::string& kind, const std::string& where, int kills,
                                     Reports& reports) {
  constexpr std::size_t workers_count = 3;
  Rng rng(20260101);
  std::vector<TimePoint> gone;
  std::vector<WorkerProcess> workers;
  while (workers.size() < workers_count) workers.emplace_back(kind, where, "hammer", reports);
  for (; kills > 0; --kills) {
    for (std::uint64_t calls = rng.Below(60) + 1; calls > 0; --calls) {
      gone.push_back(reports.Next(kLong));
      if (gone.back() == TimePoint::max()) return {};
    }
    workers[rng.Below(workers_count)] = WorkerProcess(kind, where, "hammer", reports);
  }
  workers.clear();
  for (const TimePoint report : reports.Rest()) gone.push_back(report);
  return gone;
}

TEST_F(Processes, KilledAtAnyMomentTheyNeverExceedTheLimitTogether) {
  const std::string where = dir_.File("budget");
  const std::vector<TimePoint> gone = HammerAndKill("file", where, 40, reports_);
  ASSERT_FALSE(gone.empty()) << "stuck";
  EXPECT_LE(MostWithin(gone, kWorkerQuota.period), kWorkerQuota.limit);
  EXPECT_TRUE(Open(where));
}

TEST_F(Processes, KilledAtAnyMomentTheyNeverExceedTheLimitTogetherInRedis) {
  const auto server = RedisServer::Start();
  if (server == nullptr) GTEST_SKIP() << "there is no redis-server here";
  // Few, because each dead one is waited for until its lease is over.
  const std::vector<TimePoint> gone = HammerAndKill("redis", server->socket(), 8, reports_);
  ASSERT_FALSE(gone.empty()) << "stuck";
  EXPECT_LE(MostWithin(gone, kWorkerQuota.period), kWorkerQuota.limit);
}

TEST_F(Processes, ThreadsOfAProcessComeThroughAndAreCancelled) {
  const std::string where = dir_.File("budget-one");
  auto budget = Open(where);
  ASSERT_TRUE(budget);
  auto held = (*budget)->Enter(TimePoint::max());
  ASSERT_TRUE(held);
  std::atomic<int> cancelled{0}, entered{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&](const std::stop_token& stop) {
        const Result<Pass> pass = (*budget)->Enter(TimePoint::max(), stop);
        ++(pass ? entered : cancelled);
      });
    }
    for (const std::size_t i : {0U, 3U, 5U}) threads[i].request_stop();
    for (const std::size_t i : {0U, 3U, 5U}) threads[i].join();
    EXPECT_EQ(cancelled, 3);
    held->Settle({});
    for (const std::size_t i : {1U, 2U, 4U}) threads[i].join();  // before they are asked to stop
  }
  EXPECT_EQ(entered, 3);
}

TEST_F(Processes, ThreadsOfTwoOpeningsNeverExceedTheLimitTogether) {
  const std::string where = dir_.File("budget");
  auto one = Open(where), other = Open(where);
  ASSERT_TRUE(one && other);
  constexpr int kThreads = 4, kCallsEach = 100;
  Mutex mutex;
  std::vector<TimePoint> gone;
  {
    std::latch start(kThreads);
    std::vector<std::jthread> threads;
    for (int n = 0; n < kThreads; ++n) {
      threads.emplace_back([&, n] {
        start.arrive_and_wait();
        for (int i = 0; i < kCallsEach; ++i) {
          Result<Pass> pass = (n % 2 == 0 ? *one : *other)->Enter(TimePoint::max());
          ASSERT_TRUE(pass);
          const TimePoint now = clock_.Now();
          pass->Settle({});
          const MutexLock lock(mutex);
          gone.push_back(now);
        }
      });
    }
  }
  EXPECT_EQ(gone.size(), static_cast<std::size_t>(kThreads * kCallsEach));
  EXPECT_LE(MostWithin(gone, kWorkerQuota.period), kWorkerQuota.limit);
}

}  // namespace
}  // namespace kondor::limiter
