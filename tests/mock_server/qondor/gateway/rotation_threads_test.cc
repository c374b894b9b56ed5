// Keys are regenerated over and over while others call: nobody is wrongly let in or turned away
// (Q5). Run under TSan too; bench/qondor does the same a hundred thousand times.
#include <atomic>
#include <latch>
#include <thread>

#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {
namespace {

using nlohmann::json;

class RotationOnThreads : public QondorWorld {
 protected:
  RotationOnThreads() {
    ControlJson("PATCH", "/settings", R"({"qondor": {"per_second": 0, "per_day": 0}})");
  }
};

TEST_F(RotationOnThreads, TheOtherKeyNeverFailsAndTheOldOneNeverWorks) {
  constexpr int kCallers = 3, kRounds = 4, kRotations = 150;
  std::atomic<int> lost{0}, calls{0};
  for (int round = 0; round < kRounds; ++round) {
    const bool primary = round % 2 == 0;
    const std::string which = primary ? "primary" : "secondary";
    const std::string other = Subscription("production")[primary ? "secondary_key" : "primary_key"];
    std::string current = Subscription("production")[which + "_key"];
    std::atomic<bool> over{false};
    std::latch start(kCallers + 1);
    std::vector<std::jthread> callers;
    for (int n = 0; n < kCallers; ++n) {
      callers.emplace_back([&] {
        start.arrive_and_wait();
        do {
          if (StatusOf("Prod", other) != 200) ++lost;
          ++calls;
        } while (!over);
      });
    }
    start.arrive_and_wait();
    for (int i = 0; i < kRotations; ++i) {
      const std::string fresh = Regenerate("production", which);
      EXPECT_EQ(StatusOf("Prod", fresh), 200);
      EXPECT_EQ(StatusOf("Prod", current), 401);
      EXPECT_EQ(StatusOf("Prod", other), 200);
      current = fresh;
    }
    over = true;
  }
  EXPECT_EQ(lost, 0);
  EXPECT_GE(calls, kCallers * kRounds);
}

TEST_F(RotationOnThreads, TwoWhoRegenerateTheSameKeyLeaveOneThatWorks) {
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string> made(2);
    {
      std::latch start(2);
      std::vector<std::jthread> threads;
      for (std::size_t n = 0; n < made.size(); ++n) {
        threads.emplace_back([&, n] {
          start.arrive_and_wait();
          made[n] = Regenerate("production", "primary");
        });
      }
    }
    const std::string shown = Subscription("production")["primary_key"];
    EXPECT_TRUE(shown == made[0] || shown == made[1]);
    EXPECT_EQ((StatusOf("Prod", made[0]) == 200) + (StatusOf("Prod", made[1]) == 200), 1);
    EXPECT_EQ(StatusOf("Prod", shown), 200);
  }
}

// Everything at once; TSan is the judge, and no answer may be a 500.
TEST_F(RotationOnThreads, EverybodyAtOnce) {
  std::atomic<int> broken{0};
  const auto watch = [&](const LocalReply& reply) {
    if (reply.status >= 500) ++broken;
  };
  std::vector<std::jthread> threads;
  const auto repeat = [&](auto work) {
    threads.emplace_back([&, work] {
      for (int i = 0; i < 100; ++i) work(i);
    });
  };
  repeat([&](int) { watch(Get(std::string("/Test") + kGetAll, test_primary_)); });
  repeat([&](int) { watch(Control("POST", "/qondor/subscriptions/test/regeneratePrimaryKey")); });
  repeat([&](int i) {
    const std::string id = "g" + std::to_string(i);
    watch(Control("POST", "/qondor/subscriptions",
                  R"({"id": ")" + id + R"(", "user": "2", "product": "qondor-test"})"));
    watch(Control("DELETE", "/qondor/subscriptions/" + id));
  });
  repeat([&](int i) {
    watch(Control("PATCH", "/qondor/subscriptions/test",
                  i % 2 == 0 ? R"({"state": "suspended"})" : R"({"state": "active"})"));
  });
  repeat([&](int) { watch(Control("GET", "/limits?subscription=test")); });
  repeat([&](int i) {
    watch(Control("PATCH", "/settings",
                  R"({"qondor": {"key_delay_ms": )" + std::to_string(i % 3) +
                      R"(, "per_second": )" + std::to_string(i % 5) + "}}"));
    watch(Control("POST", "/clock/advance", R"({"ms": 1})"));
  });
  repeat([&](int i) {
    if (i % 20 == 0) watch(Control("POST", "/reset"));
  });
  threads.clear();
  EXPECT_EQ(broken, 0);
}

}  // namespace
}  // namespace kondor
