// A budget in a Redis that is killed, restarted, emptied, hung, set forward and back, or none at
// all; and participants that die there.
#include "client/budget/redis_log.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "client/limiter/windows.h"
#include "tests/client/budget/redis_server.h"
#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Entry = Seen::Entry;

constexpr Quota kThree{3, seconds(10)};

// Goes back, too.
class WallClock final : public Clock {
 public:
  TimePoint Now() const noexcept override { return now_; }
  void Set(TimePoint now) { now_ = now; }

 private:
  TimePoint now_ = kBegin;
};

Terms TermsOfThree() {
  return MakeTerms("log", {kThree}, [] { return MakeSlidingLog(kThree, Stamp::kAtAnswer); });
}

// Participants' own clock moves with the server's, unless a test says otherwise.
class InRedis : public testing::Test {
 protected:
  void SetUp() override {
    server_ = RedisServer::Start();
    if (server_ == nullptr) GTEST_SKIP() << "there is no redis-server here";
  }
  RedisLog::Options Options() {
    return {.address = {.host = {}, .socket_path = server_->socket()},
            .name = "test",
            .terms = TermsOfThree(),
            .patience = seconds(10),
            .clock = &clock_,
            .pretended = &wall_};
  }
  std::unique_ptr<RedisLog> Join() { return std::make_unique<RedisLog>(Options()); }
  void Pass(Duration time) {
    clock_.Advance(time);
    wall_.Set(wall_.Now() + time);
  }
  static Seen Try(RedisLog& log, CallId call, Duration patience = {}) {
    const Result<Seen> seen =
        log.Exchange({.kind = Wish::Kind::kEnter, .call = call, .patience = patience});
    EXPECT_TRUE(seen) << seen.error().message;
    return seen ? *seen : Seen{};
  }
  // Calls that are answered at once.
  static int LetIn(RedisLog& log, int most = 100) {
    for (int calls = 0;; ++calls) {
      const CallId call = log.Name();
      if (calls == most || Try(log, call).entry != Entry::kTaken) return calls;
      EXPECT_TRUE(log.Exchange({.kind = Wish::Kind::kSettle, .call = call}));
    }
  }

  ManualClock clock_{kBegin};
  WallClock wall_;
  std::unique_ptr<RedisServer> server_;
};

TEST_F(InRedis, ADeadHolderIsBelievedDeadAfterItsLease) {
  auto log = Join(), other = Join();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Try(*log, log->Name()).entry, Entry::kTaken);
  log.reset();
  Pass(seconds(59));
  EXPECT_EQ(Try(*other, other->Name()).turn, kNotYetKnown);
  Pass(seconds(1));
  const Seen seen = Try(*other, other->Name());
  EXPECT_EQ(seen.turn - seen.now, kThree.period) << "counted as late as it can have been";
}

TEST_F(InRedis, ADeadWaiterIsBelievedDeadAfterItsLease) {
  auto log = Join(), other = Join();
  EXPECT_EQ(LetIn(*log), 3);
  const CallId dies = log->Name(), lives = other->Name();
  EXPECT_EQ(Try(*log, dies, seconds(99)).entry, Entry::kWaiting);
  EXPECT_EQ(Try(*other, lives, seconds(99)).entry, Entry::kWaiting);
  log.reset();
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(Try(*other, lives, seconds(99)).entry, Entry::kWaiting)
        << "keeps its place by asking";
    Pass(seconds(1));
  }
  EXPECT_EQ(Try(*other, lives, seconds(99)).entry, Entry::kTaken);
}

TEST_F(InRedis, WhoWasTakenForDeadIsCountedAllTheSame) {
  auto log = Join(), other = Join();
  const CallId slow = log->Name();
  ASSERT_EQ(Try(*log, slow).entry, Entry::kTaken);
  Pass(seconds(61));
  EXPECT_EQ(LetIn(*other, 1), 1);
  ASSERT_TRUE(log->Exchange({.kind = Wish::Kind::kSettle, .call = slow}));
  const Seen seen = Try(*other, other->Name());
  EXPECT_EQ(seen.turn - seen.now, kThree.period);
}

TEST_F(InRedis, EmptiedInMidRunItBeginsAsIfAllHadBeenSpent) {
  auto log = Join(), other = Join();
  EXPECT_EQ(LetIn(*log), 3);
  for (const char* how : {"FLUSHALL", "DEL"}) {
    Pass(kThree.period);
    EXPECT_EQ(LetIn(*other, 2), 2);
    if (std::string(how) == "DEL") {
      server_->Command({"DEL", "kondor:{test}:log"});  // a part of it is as bad
    } else {
      server_->Command({how});
    }
    EXPECT_EQ(LetIn(*log), 0) << how;
    EXPECT_EQ(LetIn(*other), 0) << how;
    Pass(kThree.period - milliseconds(1));
    EXPECT_EQ(LetIn(*log), 0) << how;
    Pass(milliseconds(1));
    EXPECT_EQ(LetIn(*log), 3) << how;
  }
}

TEST_F(InRedis, RestartedEmptyInMidRunItBeginsAsIfAllHadBeenSpent) {
  auto log = Join();
  EXPECT_EQ(LetIn(*log, 2), 2);
  const CallId in_flight = log->Name();
  ASSERT_EQ(Try(*log, in_flight).entry, Entry::kTaken);
  server_->Kill();
  server_->StartAgain();
  EXPECT_EQ(LetIn(*log), 0);
  Pass(seconds(4));
  ASSERT_TRUE(log->Exchange({.kind = Wish::Kind::kSettle, .call = in_flight}));
  Pass(seconds(6));
  EXPECT_EQ(LetIn(*log), 0) << "one call of before was answered four seconds later";
  Pass(seconds(4));
  EXPECT_EQ(LetIn(*log), 3);
}

TEST_F(InRedis, ANewcomerAfterARestartCannotKnowAndWaits) {
  RedisLog::Options options = Options();
  options.pretended = nullptr;  // so that the server's own uptime counts
  RedisLog newcomer(options);
  const Seen seen = Try(newcomer, newcomer.Name());
  EXPECT_EQ(seen.entry, Entry::kNone);
  EXPECT_GT(seen.turn - seen.now, seconds(9)) << "the server is young, its predecessor unknown";
  EXPECT_LE(seen.turn - seen.now, seconds(10));
}

TEST_F(InRedis, AnOlderCopyOfItIsNotBelieved) {
  auto log = Join();
  EXPECT_EQ(LetIn(*log, 1), 1);
  const RedisReply old_log = server_->Command({"DUMP", "kondor:{test}:log"});
  const RedisReply old_state = server_->Command({"DUMP", "kondor:{test}:state"});
  EXPECT_EQ(LetIn(*log), 2);
  server_->Command({"RESTORE", "kondor:{test}:log", "0", old_log.text, "REPLACE"});
  server_->Command({"RESTORE", "kondor:{test}:state", "0", old_state.text, "REPLACE"});
  EXPECT_EQ(LetIn(*log), 0);
}

TEST_F(InRedis, AScriptCacheThatIsEmptiedIsFilledAgain) {
  auto log = Join();
  EXPECT_EQ(LetIn(*log, 1), 1);
  server_->Command({"SCRIPT", "FLUSH"});
  EXPECT_EQ(LetIn(*log), 2);
}

TEST_F(InRedis, AClockSetBackStandsStillOnlyForWhatItWasSetBack) {
  auto log = Join();
  EXPECT_EQ(LetIn(*log), 3);
  wall_.Set(kBegin - std::chrono::hours(1));
  EXPECT_EQ(LetIn(*log), 0);
  Pass(kThree.period - milliseconds(1));
  EXPECT_EQ(LetIn(*log), 0);
  Pass(milliseconds(1));
  EXPECT_EQ(LetIn(*log), 3);
}

TEST_F(InRedis, AClockSetForwardForgivesNothing) {
  auto log = Join();
  EXPECT_EQ(LetIn(*log), 3);
  wall_.Set(kBegin + std::chrono::hours(1));
  EXPECT_EQ(LetIn(*log), 0);
  Pass(kThree.period);
  EXPECT_EQ(LetIn(*log), 3);
}

TEST_F(InRedis, WhatIsNobodysIsForgottenInTheEnd) {
  auto log = Join();
  EXPECT_EQ(LetIn(*log), 3);
  ASSERT_EQ(Try(*log, log->Name(), seconds(99)).entry, Entry::kWaiting);
  for (const char* key : {"state", "log", "leases"}) {
    const RedisReply left = server_->Command({"PTTL", std::string("kondor:{test}:") + key});
    EXPECT_GT(left.number, 1'000'000) << key;
  }
}

TEST_F(InRedis, HowManyEventsItKeepsIsBounded) {
  RedisLog::Options options = Options();
  options.events_max = 100;
  RedisLog log(options);
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(LetIn(log), 3);
    Pass(kThree.period);
  }
  EXPECT_LE(server_->Command({"LLEN", "kondor:{test}:log"}).number, 110);
}

TEST_F(InRedis, AnAnswerThatIsNotOursIsNotBelieved) {
  auto log = Join();
  EXPECT_EQ(LetIn(*log, 1), 1);
  server_->Command({"LSET", "kondor:{test}:log", "0", "17 X what"});
  auto newcomer = Join();
  const auto seen = newcomer->Exchange({.kind = Wish::Kind::kEnter, .call = newcomer->Name()});
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace kondor::limiter
