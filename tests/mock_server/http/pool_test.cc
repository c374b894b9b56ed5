#include "mock_server/http/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <semaphore>

namespace kondor::http {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

Instant Soon() { return SocketNow() + std::chrono::seconds(10); }

TEST(Pool, StartsNoThreadBeforeThereIsWork) {
  const Pool pool(4, hours(1));
  EXPECT_EQ(pool.threads(), 0u);
}

TEST(Pool, GrowsWithTheJobsUpToItsLimit) {
  std::latch started(3);
  std::latch go_on(1);
  std::atomic<int> done = 0;
  Pool pool(3, hours(1));
  for (int i = 0; i < 4; ++i) {
    pool.Submit([&, i] {
      if (i < 3) started.count_down();
      go_on.wait();
      ++done;
    });
  }
  started.wait();
  EXPECT_EQ(pool.threads(), 3u);
  EXPECT_EQ(pool.waiting(), 1u);
  go_on.count_down();
  pool.AwaitNoneWaiting(Soon());
  EXPECT_EQ(pool.waiting(), 0u);
  pool.Shutdown();
  EXPECT_EQ(done, 4);
}

TEST(Pool, AFreeThreadIsUsedAgain) {
  std::binary_semaphore ran(0);
  Pool pool(100, hours(1));
  for (int i = 0; i < 50; ++i) {
    pool.Submit([&] { ran.release(); });
    ran.acquire();
  }
  // A job is done a moment before its thread counts as free, so a second thread may have come.
  EXPECT_LT(pool.threads(), 10u);
}

TEST(Pool, ThreadsWithoutWorkEnd) {
  std::latch all(8);
  std::latch again(1);
  Pool pool(8, milliseconds(1));
  for (int i = 0; i < 8; ++i) {
    pool.Submit([&] { all.arrive_and_wait(); });
  }
  all.wait();
  const Instant deadline = Soon();
  while (pool.threads() > 0 && SocketNow() < deadline) {
  }
  EXPECT_EQ(pool.threads(), 0u);
  pool.Submit([&] { again.count_down(); });
  again.wait();
}

TEST(Pool, ShutdownFinishesWhatWasSubmitted) {
  std::atomic<int> done = 0;
  Pool pool(2, hours(1));
  for (int i = 0; i < 100; ++i) {
    pool.Submit([&] { ++done; });
  }
  pool.Shutdown();
  pool.Shutdown();
  EXPECT_EQ(done, 100);
  EXPECT_EQ(pool.threads(), 0u);
}

TEST(Pool, WaitingForRoomEndsAtTheDeadline) {
  std::latch go_on(1);
  Pool pool(1, hours(1));
  for (int i = 0; i < 2; ++i) {
    pool.Submit([&] { go_on.wait(); });
  }
  pool.AwaitNoneWaiting(SocketNow() + milliseconds(1));
  EXPECT_EQ(pool.waiting(), 1u);
  go_on.count_down();
}

}  // namespace
}  // namespace kondor::http
