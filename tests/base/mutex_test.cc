#include "base/mutex.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace kondor {
namespace {

TEST(SharedMutex, LetsReadersInTogether) {
  SharedMutex mutex;
  // Neither reader leaves before both are in; were one kept out, neither would ever leave.
  std::latch both_in(2);
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      const ReaderLock lock(mutex);
      both_in.arrive_and_wait();
    });
  }
  readers.clear();
  EXPECT_TRUE(both_in.try_wait());
}

TEST(SharedMutex, KeepsAWriterAlone) {
  struct Pair {
    SharedMutex mutex;
    int first KONDOR_GUARDED_BY(mutex) = 0;
    int second KONDOR_GUARDED_BY(mutex) = 0;
  };
  constexpr int kRounds = 2000;
  Pair pair;
  std::atomic<int> torn = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < kRounds; ++n) {
        const WriterLock lock(pair.mutex);
        ++pair.first;
        ++pair.second;
      }
    });
    threads.emplace_back([&] {
      for (int n = 0; n < kRounds; ++n) {
        const ReaderLock lock(pair.mutex);
        if (pair.first != pair.second) ++torn;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(torn, 0);
  const ReaderLock lock(pair.mutex);
  EXPECT_EQ(pair.first, 2 * kRounds);
}

TEST(SharedMutex, LetsAWriterInWhileReadersKeepComing) {
  SharedMutex mutex;
  std::atomic<bool> written = false;
  std::vector<std::jthread> readers;
  std::latch reading(2);
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      bool first = true;
      while (!written) {
        const ReaderLock lock(mutex);
        if (first) reading.count_down();
        first = false;
      }
    });
  }
  reading.wait();
  {
    const WriterLock lock(mutex);
    written = true;
  }
  readers.clear();
  EXPECT_TRUE(written);
}

}  // namespace
}  // namespace kondor
