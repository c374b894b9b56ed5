#include "client/http/watchdog.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace kondor::client {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(Watchdog, BitesWhenItIsTimeAndNotBefore) {
  Watchdog dog;
  std::latch bitten(1);
  const TimePoint until = dog.Now() + milliseconds(20);
  TimePoint when;
  const Watchdog::Guard guard(dog, until, [&] {
    when = dog.Now();
    bitten.count_down();
  });
  bitten.wait();
  EXPECT_GE(when, until);
  EXPECT_TRUE(guard.bitten());
}

TEST(Watchdog, DoesNotBiteWhatEndedInTime) {
  Watchdog dog;
  std::atomic<int> bites{0};
  for (int i = 0; i < 1000; ++i) {
    const Watchdog::Guard guard(dog, dog.Now() + hours(1), [&] { ++bites; });
    EXPECT_FALSE(guard.bitten());
  }
  EXPECT_EQ(bites, 0);
}

TEST(Watchdog, AnEarlierOneIsNotForgottenForALaterOne) {
  Watchdog dog;
  std::latch bitten(1);
  const Watchdog::Guard late(dog, dog.Now() + hours(1), [] {});
  const Watchdog::Guard soon(dog, dog.Now() + milliseconds(5), [&] { bitten.count_down(); });
  bitten.wait();
  EXPECT_FALSE(late.bitten());
}

TEST(Watchdog, NeverBitesAfterItsGuardIsGone) {
  Watchdog dog;
  std::vector<std::jthread> threads;
  for (int n = 0; n < 4; ++n) {
    threads.emplace_back([&dog] {
      for (int i = 0; i < 300; ++i) {
        auto alive = std::make_unique<std::atomic<bool>>(true);
        {
          const Watchdog::Guard guard(dog, dog.Now() + std::chrono::microseconds(i),
                                      [&alive] { *alive = true; });
        }
        alive.reset();  // a later bite would write to what is freed
      }
    });
  }
}

}  // namespace
}  // namespace kondor::client
