// The whole budget in a Redis that is killed, hung, back again, wants a password, or is none at
// all.
#include "client/budget/redis_budget.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "client/limiter/windows.h"
#include "tests/client/budget/redis_server.h"
#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Lost = RedisBudgetOptions::Lost;

class RedisBudget : public testing::Test {
 protected:
  void SetUp() override {
    server_ = RedisServer::Start();
    if (server_ == nullptr) GTEST_SKIP() << "there is no redis-server here";
  }
  static Terms Often() {
    constexpr Quota often{40, milliseconds(10)};
    return MakeTerms("log", {often}, [often] { return MakeSlidingLog(often, Stamp::kAtAnswer); });
  }
  RedisBudgetOptions Options(const Terms& terms = Often()) {
    return {.address = server_->socket(), .name = "test", .terms = terms};
  }
  Result<std::unique_ptr<Budget>> Open(const RedisBudgetOptions& options) {
    return OpenRedisBudget(options, clock_, sleeper_);
  }
  TimePoint Soon() const { return clock_.Now() + seconds(20); }

  SystemClock clock_;
  SystemSleeper sleeper_{clock_};
  std::unique_ptr<RedisServer> server_;
};

TEST_F(RedisBudget, ThreadsOfTwoOpeningsNeverExceedTheLimitTogether) {
  auto one = Open(Options()), other = Open(Options());
  ASSERT_TRUE(one && other);
  constexpr int kThreads = 4, kCallsEach = 50;
  Mutex mutex;
  std::vector<TimePoint> gone;
  {
    std::vector<std::jthread> threads;
    for (int n = 0; n < kThreads; ++n) {
      threads.emplace_back([&, n] {
        for (int i = 0; i < kCallsEach; ++i) {
          Result<Pass> pass = (n % 2 == 0 ? *one : *other)->Enter(Soon());
          ASSERT_TRUE(pass) << pass.error().message;
          const TimePoint now = clock_.Now();
          pass->Settle({});
          const MutexLock lock(mutex);
          gone.push_back(now);
        }
      });
    }
  }
  ASSERT_EQ(gone.size(), static_cast<std::size_t>(kThreads * kCallsEach));
  std::sort(gone.begin(), gone.end());
  for (std::size_t i = 40; i < gone.size(); ++i)
    EXPECT_GE(gone[i] - gone[i - 40], milliseconds(10));
}

TEST_F(RedisBudget, KilledItStopsAndRestartedItGoesOn) {
  auto budget = Open(Options());
  ASSERT_TRUE(budget);
  ASSERT_TRUE((*budget)->Enter(Soon()));
  server_->Kill();
  const auto refused = (*budget)->Enter(Soon());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(refused.error().message.find(server_->socket()), std::string::npos);
  EXPECT_NE(refused.error().message.find("start it"), std::string::npos);
  EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
  EXPECT_FALSE(Open(Options()));
  server_->StartAgain();
  while (true) {
    const auto pass = (*budget)->Enter(Soon());
    if (pass) break;
    ASSERT_EQ(pass.error().kind, ErrorKind::kUnavailable) << pass.error().message;
    sleeper_.SleepUntil(clock_.Now() + milliseconds(20), {});
  }
}

TEST_F(RedisBudget, HungItCostsABoundedTime) {
  RedisBudgetOptions options = Options();
  options.patience = milliseconds(300);
  auto budget = Open(options);
  ASSERT_TRUE(budget);
  ASSERT_TRUE((*budget)->Enter(Soon()));
  server_->Freeze();
  const TimePoint begin = clock_.Now();
  const auto refused = (*budget)->Enter(Soon());
  EXPECT_LT(clock_.Now() - begin, seconds(5)) << "and not for ever";
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(refused.error().message.find("no answer in time"), std::string::npos);
  const TimePoint again = clock_.Now();
  EXPECT_FALSE((*budget)->Enter(Soon()));
  EXPECT_LT(clock_.Now() - again, milliseconds(300)) << "it is not tried for every call";
  server_->Thaw();
}

TEST_F(RedisBudget, WithoutItTheyGoOnAloneAndSlowly) {
  // On a manual clock: what is real is only that there is no server.
  ManualClock clock(kBegin);
  ManualSleeper sleeper(clock);
  RedisBudgetOptions options = Options(MakeTerms("log", {{20, seconds(60)}}, [] {
    return MakeSlidingLog({20, seconds(60)}, Stamp::kAtAnswer);
  }));
  options.lost = Lost::kPace;
  options.workers = 4;
  server_->Kill();
  auto budget = OpenRedisBudget(options, clock, sleeper);
  ASSERT_TRUE(budget) << budget.error().message;
  for (const int expected : {60, 72, 84}) {
    auto pass = (*budget)->Enter(TimePoint::max());
    ASSERT_TRUE(pass);
    EXPECT_EQ(clock.Now() - kBegin, seconds(expected));
    pass->Settle({});
  }
  const auto late = (*budget)->Enter(clock.Now() + seconds(11));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::kDeadline);
  auto refused = (*budget)->Enter(TimePoint::max());
  ASSERT_TRUE(refused);
  const TimePoint then = clock.Now();
  refused->Settle({Answer::Fate::kRefused, seconds(100)});
  ASSERT_TRUE((*budget)->Enter(TimePoint::max()));
  EXPECT_EQ(clock.Now() - then, seconds(100)) << "it heeds the vendor";
}

TEST_F(RedisBudget, WhenItIsBackThereIsNoBurst) {
  constexpr Quota quota{50, milliseconds(200)};
  RedisBudgetOptions options = Options(
      MakeTerms("log", {quota}, [quota] { return MakeSlidingLog(quota, Stamp::kAtAnswer); }));
  options.lost = Lost::kPace;
  server_->Kill();
  auto budget = Open(options);
  ASSERT_TRUE(budget);
  ASSERT_TRUE((*budget)->Enter(Soon())) << "alone";
  server_->StartAgain();
  std::vector<TimePoint> gone;
  while (gone.size() < 120) {
    auto pass = (*budget)->Enter(Soon());
    ASSERT_TRUE(pass) << pass.error().message;
    gone.push_back(clock_.Now());
    pass->Settle({});
  }
  for (std::size_t i = quota.limit; i < gone.size(); ++i) {
    EXPECT_GE(gone[i] - gone[i - quota.limit], quota.period);
  }
}

TEST_F(RedisBudget, WhatWasDoneWithoutItIsToldToTheOthers) {
  RedisBudgetOptions options = Options();
  options.lost = Lost::kPace;
  options.patience = milliseconds(300);
  auto budget = Open(options);
  ASSERT_TRUE(budget);
  ASSERT_TRUE((*budget)->Enter(Soon()));
  server_->Freeze();
  auto alone = (*budget)->Enter(Soon());
  ASSERT_TRUE(alone);
  alone->Settle({});
  server_->Thaw();
  const auto answers_without_a_call = [this] {
    std::multiset<std::string> calls;
    std::size_t unknown = 0;
    for (const RedisReply& event :
         server_->Command({"LRANGE", "kondor:{test}:log", "0", "-1"}).list) {
      std::istringstream words(event.text);
      std::string at, kind, call;
      words >> at >> kind >> call;
      if (kind == "T") calls.insert(call);
      if (kind == "S") unknown += calls.contains(call) ? 0U : 1U;
    }
    return unknown;
  };
  const TimePoint late = Soon();
  while (answers_without_a_call() == 0) {
    ASSERT_LT(clock_.Now(), late);
    ASSERT_TRUE((*budget)->Enter(late));
    sleeper_.SleepUntil(clock_.Now() + milliseconds(20), {});
  }
}

TEST_F(RedisBudget, AskedToStopNobodyWaitsForIt) {
  RedisBudgetOptions options = Options();
  options.lost = Lost::kPace;
  options.terms.rest = std::chrono::hours(1);
  server_->Kill();
  auto budget = Open(options);
  ASSERT_TRUE(budget);
  std::jthread waiter([&](const std::stop_token& stop) {
    const auto pass = (*budget)->Enter(TimePoint::max(), stop);
    ASSERT_FALSE(pass);
    EXPECT_EQ(pass.error().kind, ErrorKind::kCancelled);
  });
}

TEST_F(RedisBudget, APasswordIsTakenFromWhereNobodyElseCanReadItAndNeverShown) {
  server_ = RedisServer::Start({"--requirepass", "s3cret-word"});
  TempDir dir;
  const std::string file = dir.File("password");
  Overwrite(file, "s3cret-word\n");
  RedisBudgetOptions options = Options();
  const auto expect_refused = [&](const std::string& said) {
    const auto budget = Open(options);
    ASSERT_FALSE(budget);
    EXPECT_EQ(budget.error().kind, ErrorKind::kInvalidArgument) << budget.error().message;
    EXPECT_NE(budget.error().message.find(said), std::string::npos) << budget.error().message;
    EXPECT_EQ(budget.error().message.find("s3cret"), std::string::npos);
  };
  expect_refused("wants a password");
  options.password_file = file;
  ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
  expect_refused("chmod 600");
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  EXPECT_TRUE(Open(options));
  Overwrite(file, "s3cret-but-wrong\n");
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  expect_refused("does not take the password");
  options.password_file.clear();
  ASSERT_EQ(::setenv("KONDOR_REDIS_PASSWORD", "s3cret-word", 1), 0);
  EXPECT_TRUE(Open(options));
  ::unsetenv("KONDOR_REDIS_PASSWORD");
  options.address = "redis://:s3cret-word@localhost:1/0";
  expect_refused("holds no password");
}

TEST_F(RedisBudget, OptionsThatCannotBe) {
  for (const auto& change : std::vector<std::function<void(RedisBudgetOptions&)>>{
           [](auto& o) { o.name = ""; }, [](auto& o) { o.name = "a{b}"; },
           [](auto& o) { o.address = "localhost"; }, [](auto& o) { o.workers = 0; },
           [](auto& o) { o.call_lease = {}; }, [](auto& o) { o.wait_lease = {}; },
           [](auto& o) { o.patience = {}; }}) {
    RedisBudgetOptions options = Options();
    change(options);
    const auto budget = Open(options);
    ASSERT_FALSE(budget);
    EXPECT_EQ(budget.error().kind, ErrorKind::kInvalidArgument) << budget.error().message;
  }
}

TEST_F(RedisBudget, AnotherDatabaseIsAnotherBudget) {
  RedisBudgetOptions options = Options();
  ASSERT_TRUE(Open(options));
  options.terms.description = "other";
  EXPECT_FALSE(Open(options));
  options.address = "unix:" + server_->socket() + "?db=3";
  EXPECT_TRUE(Open(options));
}

}  // namespace
}  // namespace kondor::limiter
