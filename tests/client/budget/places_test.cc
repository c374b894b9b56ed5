// What holds wherever participants meet: they are held together to what one of them would be held
// to alone, come to their turn in the order in which they asked, and share alike.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

#include "client/limiter/learning.h"
#include "client/limiter/reactive.h"
#include "client/limiter/windows.h"
#include "tests/client/budget/place.h"
#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Entry = Seen::Entry;
using Logs = std::vector<std::unique_ptr<SharedLog>>;

constexpr Duration kPatient = Duration::max();

Terms TermsOf(const TriedStrategy& strategy) {
  return MakeTerms(strategy.name, {{7, seconds(10)}, {20, seconds(60)}}, strategy.make);
}

Terms LogOf(Quota quota) {
  return MakeTerms("sliding_log", {quota},
                   [quota] { return MakeSlidingLog(quota, Stamp::kAtAnswer); });
}

class Places : public testing::TestWithParam<NamedPlace> {
 protected:
  void SetUp() override {
    place_ = GetParam().make(clock_);
    if (place_ == nullptr) GTEST_SKIP() << "there is no " << GetParam().name << " here";
  }
  Logs Join(const Terms& terms, int count) { return JoinAt(*place_, terms, count); }
  static Logs JoinAt(Place& place, const Terms& terms, int count) {
    Logs logs;
    for (int i = 0; i < count; ++i) {
      Result<std::unique_ptr<SharedLog>> log = place.Join(terms);
      if (!log) throw std::runtime_error(log.error().message);
      logs.push_back(std::move(*log));
    }
    return logs;
  }
  Seen Try(SharedLog& log, CallId call, Duration patience = kPatient) {
    Result<Seen> seen =
        log.Exchange({.kind = Wish::Kind::kEnter, .call = call, .patience = patience});
    if (!seen) throw std::runtime_error(seen.error().message);
    return *seen;
  }
  void Settle(SharedLog& log, CallId call, const Answer& answer = {}) {
    ASSERT_TRUE(log.Exchange({.kind = Wish::Kind::kSettle, .call = call, .answer = answer}));
  }

  ManualClock clock_{kBegin};
  std::unique_ptr<Place> place_;
};

TEST_P(Places, TogetherTheyAreHeldToWhatOneIsHeldTo) {
  EXPECT_TRUE(rc::check("participants decide as one strategy does", [] {
    const TriedStrategy strategy = *rc::gen::elementOf(AllStrategies());
    // The heirs of a checkpoint throw their dice anew.
    RC_PRE(strategy.name != "full_jitter" && strategy.name != "sre_adaptive");
    ManualClock clock(kBegin);
    const std::unique_ptr<Place> place = GetParam().make(clock);
    const Terms terms = TermsOf(strategy);
    Logs logs = JoinAt(*place, terms, 3);
    const StrategyPtr alone = strategy.make();
    std::vector<std::pair<std::size_t, CallId>> in_flight;
    for (int i = 0; i < 80; ++i) {
      clock.Advance(milliseconds(*rc::gen::element(0, 0, 1, 500, 1'000, 3'000, 10'000)));
      const auto who = *rc::gen::inRange<std::size_t>(0, logs.size());
      if (!in_flight.empty() && *rc::gen::inRange(0, 2) == 0) {
        const auto [whose, call] = in_flight.back();
        in_flight.pop_back();
        const Answer answer{*rc::gen::element(Answer::Fate::kAdmitted, Answer::Fate::kRefused), {}};
        RC_ASSERT(logs[whose]->Exchange({Wish::Kind::kSettle, call, {}, answer}).has_value());
        alone->Settle(clock.Now(), call, answer);
        continue;
      }
      const CallId call = logs[who]->Name();
      const Result<Seen> seen = logs[who]->Exchange({Wish::Kind::kEnter, call, {}, {}});
      RC_ASSERT(seen.has_value());
      RC_ASSERT((seen->entry == Entry::kTaken) == (alone->Check(clock.Now()) == clock.Now()));
      if (seen->entry != Entry::kTaken) continue;
      alone->Take(clock.Now(), call);
      in_flight.emplace_back(who, call);
    }
  }));
}

TEST_P(Places, NeverMoreThanTheLimitInAnyPeriod) {
  EXPECT_TRUE(rc::check("never more than the limit", [] {
    const Quota quota{*rc::gen::inRange(1U, 6U), seconds(1)};
    ManualClock clock(kBegin);
    const std::unique_ptr<Place> place = GetParam().make(clock);
    Logs logs = JoinAt(*place, LogOf(quota), 3);
    std::vector<TimePoint> gone;
    for (int i = 0; i < 100; ++i) {
      clock.Advance(milliseconds(*rc::gen::inRange(0, 400)));
      const auto who = *rc::gen::inRange<std::size_t>(0, logs.size());
      // Now and then one is gone and another comes: what it had in flight may have been counted.
      if (*rc::gen::inRange(0, 20) == 0) logs[who] = std::move(JoinAt(*place, LogOf(quota), 1)[0]);
      const CallId call = logs[who]->Name();
      const Result<Seen> seen = logs[who]->Exchange({Wish::Kind::kEnter, call, {}, {}});
      RC_ASSERT(seen.has_value());
      if (seen->entry != Entry::kTaken) continue;
      gone.push_back(clock.Now());
      if (*rc::gen::inRange(0, 10) == 0) continue;  // its answer never comes
      RC_ASSERT(logs[who]->Exchange({Wish::Kind::kSettle, call, {}, {}}).has_value());
    }
    for (std::size_t i = quota.limit; i < gone.size(); ++i) {
      RC_ASSERT(gone[i] - gone[i - quota.limit] >= quota.period);
    }
  }));
}

TEST_P(Places, FirstComeFirstServed) {
  Logs logs = Join(LogOf({1, seconds(1)}), 4);
  const CallId first = logs[0]->Name();
  ASSERT_EQ(Try(*logs[0], first).entry, Entry::kTaken);
  const std::vector<std::size_t> order = {2, 0, 3, 1, 2, 2, 1};
  std::vector<CallId> calls;
  for (const std::size_t who : order) {
    calls.push_back(logs[who]->Name());
    EXPECT_EQ(Try(*logs[who], calls.back()).entry, Entry::kWaiting);
  }
  Settle(*logs[0], first);
  for (std::size_t turn = 0; turn < order.size(); ++turn) {
    clock_.Advance(seconds(1));
    for (std::size_t other = order.size(); other-- > turn + 1;) {
      const Seen seen = Try(*logs[order[other]], calls[other]);
      EXPECT_EQ(seen.entry, Entry::kWaiting);
      EXPECT_EQ(seen.turn, kNotYetKnown);
    }
    ASSERT_EQ(Try(*logs[order[turn]], calls[turn]).entry, Entry::kTaken) << turn;
    Settle(*logs[order[turn]], calls[turn]);
  }
}

TEST_P(Places, WhoeverLeavesMakesRoom) {
  Logs logs = Join(LogOf({1, seconds(1)}), 3);
  const CallId taken = logs[0]->Name(), impatient = logs[1]->Name(), next = logs[2]->Name();
  ASSERT_EQ(Try(*logs[0], taken).entry, Entry::kTaken);
  Settle(*logs[0], taken);
  const Seen seen = Try(*logs[1], impatient);
  EXPECT_EQ(seen.entry, Entry::kWaiting);
  EXPECT_EQ(seen.turn - seen.now, seconds(1));
  EXPECT_EQ(Try(*logs[2], next).entry, Entry::kWaiting);
  // Whoever is told in advance that it will be too late does not stand in line for it.
  EXPECT_EQ(Try(*logs[1], impatient, milliseconds(999)).entry, Entry::kNone);
  clock_.Advance(seconds(1));
  EXPECT_EQ(Try(*logs[2], next).entry, Entry::kTaken);
}

// Saturated: whoever has been let in asks again at once. In virtual time, the next turn always
// next.
struct Race {
  std::vector<int> calls;
  Duration makespan{};
};
template <typename TryOne, typename SettleOne>
Race Saturate(Logs& logs, ManualClock& clock, int total, TryOne try_one, SettleOne settle) {
  Race race{std::vector<int>(logs.size())};
  std::vector<CallId> wants;
  for (const auto& log : logs) wants.push_back(log->Name());
  while (std::accumulate(race.calls.begin(), race.calls.end(), 0) < total) {
    TimePoint next = kNotYetKnown;
    for (std::size_t who = 0; who < logs.size(); ++who) {
      const Seen seen = try_one(*logs[who], wants[who]);
      if (seen.entry == Entry::kTaken) {
        race.makespan = clock.Now() - kBegin;
        ++race.calls[who];
        settle(*logs[who], wants[who]);
        wants[who] = logs[who]->Name();
        next = clock.Now();  // look again
      } else if (next > seen.turn) {
        next = std::max(seen.turn, clock.Now());
      }
    }
    clock.Advance(next - clock.Now());
  }
  return race;
}

TEST_P(Places, FourShareAlikeAndTakeNoLongerThanOne) {
  const std::vector<Quota> quotas = {{1, seconds(1)}, {20, seconds(60)}};
  const Terms terms =
      MakeTerms("learning", quotas, [quotas] { return MakeLearning({.quotas = quotas}); });
  Logs logs = Join(terms, 4);
  const Race race = Saturate(
      logs, clock_, 100, [this](SharedLog& log, CallId call) { return Try(log, call); },
      [this](SharedLog& log, CallId call) { Settle(log, call); });
  EXPECT_EQ(race.makespan, seconds(259)) << "as one client";
  double sum = 0, squares = 0;
  for (const int calls : race.calls) {
    sum += calls;
    squares += static_cast<double>(calls) * calls;
  }
  EXPECT_GE(sum * sum / (4 * squares), 0.99);
}

TEST_P(Places, WhoMeetsTheOthersOnOtherTermsIsRefused) {
  Logs logs = Join(LogOf({1, seconds(1)}), 1);
  const auto other = place_->Join(LogOf({20, seconds(60)}));
  Result<Seen> seen = Seen{};
  if (other) seen = (*other)->Exchange({.kind = Wish::Kind::kEnter, .call = (*other)->Name()});
  ASSERT_TRUE(!other || !seen);
  const Error& error = other ? seen.error() : other.error();
  EXPECT_EQ(error.kind, ErrorKind::kInvalidArgument);
  for (const char* said :
       {"\"sliding_log 1/1s\"", "\"sliding_log 20/60s\"", "configure both alike"}) {
    EXPECT_NE(error.message.find(said), std::string::npos) << error.message;
  }
  EXPECT_EQ(Try(*logs[0], logs[0]->Name()).entry, Entry::kTaken)
      << "who was there is not disturbed";
}

TEST_P(Places, AStrategyThatCannotRememberRestsInstead) {
  // Of which only the end of each area can be seen from outside.
  class Forgetful final : public Strategy {
   public:
    TimePoint Check(TimePoint now) const override { return now; }
    void Take(TimePoint, CallId) override {}
    void Settle(TimePoint, CallId, const Answer&) override {}
  };
  Logs logs = Join(
      MakeTerms("forgetful", {{1, seconds(1)}}, [] { return std::make_unique<Forgetful>(); }), 2);
  int rests = 0;
  for (int i = 0; i < 6'000 && rests < 2; ++i) {
    SharedLog& log = *logs[static_cast<std::size_t>(i % 2)];
    const CallId call = log.Name();
    const Seen seen = Try(log, call, Duration{});
    if (seen.entry == Entry::kTaken) {
      Settle(log, call);
      continue;
    }
    ++rests;
    EXPECT_GT(seen.turn, seen.now);
    EXPECT_LE(seen.turn - seen.now, seconds(1));
    clock_.Advance(seen.turn - seen.now);
  }
  EXPECT_EQ(rests, 2);
}

TEST_P(Places, WhatWasLearntIsKnownToTheNextRun) {
  std::vector<Lesson> lessons;
  const std::vector<Quota> quotas = {{20, seconds(60)}};
  const Terms terms = MakeTerms("learning", quotas, [&] {
    return MakeLearning(
        {.quotas = quotas, .on_lesson = [&](const Lesson& lesson) { lessons.push_back(lesson); }});
  });
  Logs first = Join(terms, 1);
  for (const Answer::Fate fate : {Answer::Fate::kAdmitted, Answer::Fate::kRefused}) {
    const CallId call = first[0]->Name();
    ASSERT_EQ(Try(*first[0], call).entry, Entry::kTaken);
    Settle(*first[0], call, {fate, seconds(60)});
  }
  ASSERT_EQ(lessons.size(), 1U);
  for (int i = 0; i < 3'000; ++i) {  // long enough that the events of then are no longer there
    clock_.Advance(seconds(100));
    const CallId call = first[0]->Name();
    ASSERT_EQ(Try(*first[0], call).entry, Entry::kTaken);
    Settle(*first[0], call);
  }
  first.clear();
  lessons.clear();
  Logs second = Join(terms, 1);
  clock_.Advance(seconds(100));
  const CallId call = second[0]->Name();
  ASSERT_EQ(Try(*second[0], call).entry, Entry::kTaken);
  Settle(*second[0], call);
  const Seen seen = Try(*second[0], second[0]->Name());
  EXPECT_EQ(seen.turn - seen.now, seconds(3) + milliseconds(3) + Duration(1)) << "evenly spread";
  EXPECT_TRUE(lessons.empty());
}

INSTANTIATE_TEST_SUITE_P(Kinds, Places,
                         testing::Values(NamedPlace{"file", MakeFilePlace},
                                         NamedPlace{"redis", MakeRedisPlace}),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace kondor::limiter
