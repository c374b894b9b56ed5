// What every strategy promises (strategy.h), under traffic of any kind.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

// One thing that happens: time passes, then a call goes if it may, or an answer comes.
struct Event {
  Duration passes{};
  std::size_t which = 0;  // 0: a call; else the answer to one of those in flight
  Answer answer;
};

rc::Gen<Event> AnyEvent() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::weightedOneOf<std::int64_t>(
                         {{4, rc::gen::inRange<std::int64_t>(0, 2'000'000'000)},
                          {2, rc::gen::inRange<std::int64_t>(0, 70'000'000'000)},
                          {2, rc::gen::element<std::int64_t>(0, 1, 999'999'999, 1'000'000'000)}}),
                     rc::gen::inRange<std::size_t>(0, 5),
                     rc::gen::element(Answer::Fate::kAdmitted, Answer::Fate::kAdmitted,
                                      Answer::Fate::kRefused, Answer::Fate::kUnknown),
                     rc::gen::element(-1, 0, 1, 60)),
      [](const std::tuple<std::int64_t, std::size_t, Answer::Fate, int>& drawn) {
        const auto& [passes, which, fate, hint] = drawn;
        Event event{Duration(passes), which, {fate, std::nullopt}};
        if (hint >= 0) event.answer.hint = std::chrono::seconds(hint);
        return event;
      });
}

// A strategy in traffic, and what of it can be seen from outside.
class Traffic {
 public:
  explicit Traffic(StrategyPtr strategy) : strategy_(std::move(strategy)) {}

  void Happens(const Event& event) {
    now_ += event.passes;
    if (event.which > 0 && !in_flight_.empty()) {
      const auto it =
          in_flight_.begin() + static_cast<std::ptrdiff_t>(event.which % in_flight_.size());
      strategy_->Settle(now_, *it, event.answer);
      in_flight_.erase(it);
    } else if (strategy_->Check(now_) == now_) {
      strategy_->Take(now_, ++calls_);
      in_flight_.push_back(calls_);
    }
  }

  // Whoever takes over has read what the strategy until then wrote down.
  [[nodiscard]] bool HandOver(StrategyPtr successor) {
    Memory written;
    if (!strategy_->Remember(written)) return false;
    Memory read(written.numbers());
    strategy_ = std::move(successor);
    return strategy_->Remember(read) && read.fits();
  }

  const Strategy& strategy() const { return *strategy_; }
  TimePoint now() const { return now_; }

 private:
  StrategyPtr strategy_;
  TimePoint now_ = kBegin;
  CallId calls_ = 0;
  std::vector<CallId> in_flight_;
};

class Promises : public testing::TestWithParam<TriedStrategy> {};

TEST_P(Promises, ANamedWaitIsExact) {
  EXPECT_TRUE(rc::check("every earlier instant fails, that instant works", [] {
    Traffic traffic(GetParam().make());
    for (const Event& event : *rc::gen::container<std::vector<Event>>(AnyEvent())) {
      traffic.Happens(event);
      const TimePoint named = traffic.strategy().Check(traffic.now());
      RC_ASSERT(named >= traffic.now());
      if (named == kNotYetKnown) continue;
      RC_ASSERT(traffic.strategy().Check(named) == named);
      if (named == traffic.now()) continue;
      const auto wait = static_cast<std::uint64_t>((named - traffic.now()).count());
      for (const std::uint64_t early : {std::uint64_t{1}, (wait + 1) / 2, wait}) {
        const TimePoint before = named - Duration(early);
        RC_ASSERT(traffic.strategy().Check(before) > before);
      }
    }
  }));
}

TEST_P(Promises, OnceItConsentsItConsentsUntilACallGoes) {
  EXPECT_TRUE(rc::check("consent does not pass", [] {
    Traffic traffic(GetParam().make());
    for (const Event& event : *rc::gen::container<std::vector<Event>>(AnyEvent())) {
      traffic.Happens(event);
      const TimePoint named = traffic.strategy().Check(traffic.now());
      if (named == kNotYetKnown) continue;
      const TimePoint later = named + Duration(*rc::gen::inRange<std::int64_t>(0, 100'000'000'000));
      RC_ASSERT(traffic.strategy().Check(later) == later);
    }
  }));
}

TEST_P(Promises, NobodyIsHeldForEver) {
  EXPECT_TRUE(rc::check("with nothing in flight, some instant is named", [] {
    const StrategyPtr strategy = GetParam().make();
    TimePoint now = kBegin;
    CallId call = 0;
    for (const Event& event : *rc::gen::container<std::vector<Event>>(AnyEvent())) {
      now = strategy->Check(now + event.passes);
      RC_ASSERT(now != kNotYetKnown);
      strategy->Take(now, ++call);
      strategy->Settle(now, call, event.answer);
    }
  }));
}

TEST_P(Promises, WhoRemembersGoesOnAsIfNothingHadHappened) {
  EXPECT_TRUE(rc::check("a strategy and those that took over from it say the same", [] {
    Traffic original(GetParam().make()), heir(GetParam().make()), other_heir(GetParam().make());
    for (const Event& event : *rc::gen::container<std::vector<Event>>(AnyEvent())) {
      for (Traffic* traffic : {&original, &heir, &other_heir}) traffic->Happens(event);
    }
    RC_ASSERT(heir.HandOver(GetParam().make()));
    RC_ASSERT(other_heir.HandOver(GetParam().make()));
    // Chance is drawn anew by the heirs, but alike by both.
    const bool chance = GetParam().name == "full_jitter" || GetParam().name == "sre_adaptive";
    for (const Event& event : *rc::gen::container<std::vector<Event>>(AnyEvent())) {
      for (Traffic* traffic : {&original, &heir, &other_heir}) traffic->Happens(event);
      const TimePoint now = heir.now();
      RC_ASSERT(heir.strategy().Check(now) == other_heir.strategy().Check(now));
      if (!chance) RC_ASSERT(heir.strategy().Check(now) == original.strategy().Check(now));
    }
  }));
}

TEST_P(Promises, MemoryOfSomebodyElseDoesNotFit) {
  const StrategyPtr strategy = GetParam().make();
  Memory written;
  ASSERT_TRUE(strategy->Remember(written));
  for (const std::int64_t add : {0, 1}) {
    std::vector<std::int64_t> numbers = written.numbers();
    if (add == 0) numbers.pop_back();
    if (add == 1) numbers.push_back(0);
    Memory read(numbers);
    GetParam().make()->Remember(read);
    EXPECT_FALSE(read.fits()) << add;
  }
}

TEST_P(Promises, InstantsOfAnEarlierBootAreShifted) {
  const StrategyPtr old = GetParam().make();
  TimePoint now = kBegin;
  for (CallId call = 1; call < 9; ++call) {
    now = old->Check(now);
    old->Take(now, call);
    old->Settle(now, call, {call % 3 == 0 ? Answer::Fate::kRefused : Answer::Fate::kAdmitted, {}});
  }
  Memory written;
  ASSERT_TRUE(old->Remember(written));
  const Duration shift = -std::chrono::hours(99);
  Memory read(written.numbers(), shift), unshifted(written.numbers());
  const StrategyPtr heir = GetParam().make(), twin = GetParam().make();
  ASSERT_TRUE(heir->Remember(read) && read.fits());
  ASSERT_TRUE(twin->Remember(unshifted));
  EXPECT_EQ(heir->Check(now + shift), twin->Check(now) + shift);
}

INSTANTIATE_TEST_SUITE_P(Strategies, Promises, testing::ValuesIn(AllStrategies()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace kondor::limiter
