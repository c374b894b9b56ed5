// A subscription's rate and quota, held against the definitions worked out the slow way: every
// counted call is kept, and every question answered from the whole list (Q7, G6, G7, QO2, QO3).
#include "mock_server/qondor/gateway/meter.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "tests/mock_server/new_year.h"

namespace kondor::qondor {
namespace {

using ledger::CountRefused;
using ledger::Decision;
using ledger::Period;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr TimePoint kMorning = kNewYear + hours(8);
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

class SlowMeter {
 public:
  SlowMeter(const QondorLimits& limits, TimePoint start)
      : limits_(limits), start_(ToUnixMicros(start)) {}

  bool Admits(std::int64_t at) const { return RateAdmits(at) && DayAdmits(at); }
  bool RateAdmits(std::int64_t at) const {
    if (limits_.per_second == 0) return true;
    if (limits_.window == RateWindow::kSliding) return InWindow(at) < limits_.per_second;
    return Missing(at) + kSecond <= std::int64_t{limits_.per_second} * kSecond;
  }
  bool DayAdmits(std::int64_t at) const {
    return limits_.per_day == 0 || InDay(at) < limits_.per_day;
  }
  std::int64_t RateUsed(std::int64_t at) const {
    if (limits_.window == RateWindow::kTokenBucket) return (Missing(at) + kSecond - 1) / kSecond;
    return std::min<std::int64_t>(InWindow(at), limits_.per_second);
  }
  std::int64_t DayUsed(std::int64_t at) const {
    return std::min<std::int64_t>(InDay(at), limits_.per_day);
  }
  void Book(std::int64_t at) {
    const bool admitted = Admits(at);
    const bool counted = admitted || limits_.count_refused == CountRefused::kYes;
    if (counted && (admitted || limits_.window == RateWindow::kSliding)) rate_.push_back(at);
    if (counted) day_.push_back(at);
  }

 private:
  std::int64_t InWindow(std::int64_t at) const {
    return std::count_if(rate_.begin(), rate_.end(),
                         [&](std::int64_t call) { return call > at - kSecond && call <= at; });
  }
  std::int64_t PeriodOf(std::int64_t at) const {
    std::int64_t period = (at - start_) / kDay;
    return at < start_ + period * kDay ? period - 1 : period;
  }
  std::int64_t InDay(std::int64_t at) const {
    return std::count_if(day_.begin(), day_.end(),
                         [&](std::int64_t call) { return PeriodOf(call) == PeriodOf(at); });
  }
  // In millionths of a token: the calls taken one after the other, the refill in between.
  std::int64_t Missing(std::int64_t at) const {
    std::int64_t missing = 0, last = INT64_MIN;
    const auto refill = [&](std::int64_t to) {
      if (last != INT64_MIN) missing -= std::min(missing, (to - last) * limits_.per_second);
      last = to;
    };
    for (const std::int64_t call : rate_) {
      refill(call);
      missing += kSecond;
    }
    refill(at);
    return missing;
  }

  const QondorLimits limits_;
  const std::int64_t start_;
  std::vector<std::int64_t> rate_, day_;  // counted calls
};

QondorLimits AnyLimits() {
  QondorLimits limits;
  limits.window = *rc::gen::element(RateWindow::kSliding, RateWindow::kTokenBucket);
  limits.count_refused = *rc::gen::element(CountRefused::kNo, CountRefused::kYes);
  limits.per_second = *rc::gen::element<std::uint32_t>(0, 1, 2, 3, 10);
  limits.per_day = *rc::gen::element<std::uint32_t>(0, 1, 5, 12);
  return limits;
}

Duration AnyGap() {
  return *rc::gen::weightedOneOf<Duration>(
      {{6, rc::gen::map(rc::gen::inRange<std::int64_t>(0, 700'000),
                        [](std::int64_t us) { return Duration(us * 1000); })},
       {3, rc::gen::just(Duration(0))},
       {2, rc::gen::element<Duration>(seconds(1), milliseconds(999), milliseconds(100))},
       {1, rc::gen::element<Duration>(hours(24), hours(23), hours(49))}});
}

TEST(Meter, AgreesWithTheDefinitions) {
  EXPECT_TRUE(rc::check([] {
    const QondorLimits limits = AnyLimits();
    // A call may well come before the start that a seed names.
    const TimePoint start =
        kMorning + *rc::gen::element<Duration>(Duration(0), hours(-7), hours(5));
    Meter meter(limits);
    SlowMeter slow(limits, start);
    TimePoint now = kMorning;
    const int calls = *rc::gen::inRange(1, 60);
    for (int i = 0; i < calls; ++i) {
      now += AnyGap();
      const std::int64_t at = ToUnixMicros(now);
      const bool rate = slow.RateAdmits(at), day = slow.DayAdmits(at);
      const auto views = meter.Inspect(now, start);
      RC_ASSERT(views.size() == (limits.per_second > 0 ? 1U : 0U) + (limits.per_day > 0 ? 1U : 0U));
      for (const ledger::CounterView& view : views) {
        const bool second = view.period == Period::kSecond;
        RC_ASSERT(view.used == (second ? slow.RateUsed(at) : slow.DayUsed(at)));
        RC_ASSERT((view.next_admitted == now) == (second ? rate : day));
      }
      const Decision decision = meter.Decide(now, start);
      RC_ASSERT(decision.at == now);
      RC_ASSERT(decision.admitted() == (rate && day));
      const std::int64_t used = rate ? slow.DayUsed(at) : slow.RateUsed(at);
      slow.Book(at);
      if (decision.admitted()) continue;
      const ledger::Refusal& refusal = *decision.refusal;
      RC_ASSERT(refusal.dimension == ledger::Dimension::kSubscription);
      RC_ASSERT(refusal.period == (rate ? Period::kDay : Period::kSecond));
      RC_ASSERT(refusal.used == used);
      // Before that instant every try would fail, at it the try works.
      const std::int64_t retry = ToUnixMicros(refusal.retry_at);
      RC_ASSERT(retry > at);
      RC_ASSERT(slow.Admits(retry));
      RC_ASSERT(!slow.Admits(retry - 1));
    }
  }));
}

TEST(Meter, AdmitsTenAndThenWaitsForTheFirstToLeave) {  // Q7, G6
  Meter meter({});
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(meter.Decide(kMorning, kMorning).admitted());
  const Decision refused = meter.Decide(kMorning + milliseconds(300), kMorning);
  ASSERT_FALSE(refused.admitted());
  EXPECT_EQ(refused.refusal->limit, 10U);
  EXPECT_EQ(refused.refusal->used, 10U);
  EXPECT_EQ(refused.refusal->retry_at, kMorning + seconds(1));
  EXPECT_TRUE(meter.Decide(kMorning + seconds(1), kMorning).admitted());
}

TEST(Meter, RefillsABucketEvenly) {  // QO2
  Meter meter({.window = RateWindow::kTokenBucket});
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(meter.Decide(kMorning, kMorning).admitted());
  EXPECT_FALSE(meter.Decide(kMorning + milliseconds(99), kMorning).admitted());
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(meter.Decide(kMorning + milliseconds(300), kMorning).admitted());
  }
  EXPECT_FALSE(meter.Decide(kMorning + milliseconds(300), kMorning).admitted());
}

TEST(Meter, CountsTheDayFromTheSubscriptionsStart) {  // G7
  Meter meter({.per_second = 0, .per_day = 3});
  const TimePoint start = kMorning - hours(5);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(meter.Decide(kMorning, start).admitted());
  const Decision refused = meter.Decide(kMorning, start);
  EXPECT_EQ(refused.refusal->period, Period::kDay);
  EXPECT_EQ(refused.refusal->retry_at, start + hours(24));
  EXPECT_FALSE(meter.Decide(start + hours(24) - Duration(1000), start).admitted());
  EXPECT_TRUE(meter.Decide(start + hours(24), start).admitted());
}

TEST(Meter, AnswersForTheRateFirstAndTellsWhenBothWouldAdmit) {
  Meter meter({.per_second = 2, .per_day = 2});
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(meter.Decide(kMorning, kMorning).admitted());
  const Decision refused = meter.Decide(kMorning, kMorning);
  EXPECT_EQ(refused.refusal->period, Period::kSecond);
  EXPECT_EQ(refused.refusal->retry_at, kMorning + hours(24));
}

TEST(Meter, BooksAnEarlierInstantAtTheLatestItSaw) {
  Meter meter({.per_second = 1, .per_day = 0});
  ASSERT_TRUE(meter.Decide(kMorning + seconds(5), kMorning).admitted());
  const Decision refused = meter.Decide(kMorning, kMorning);
  EXPECT_EQ(refused.at, kMorning + seconds(5));
  EXPECT_EQ(refused.refusal->retry_at, kMorning + seconds(6));
}

TEST(Meter, WithoutLimitsAdmitsEverything) {
  Meter meter({.per_second = 0, .per_day = 0});
  for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(meter.Decide(kMorning, kMorning).admitted());
  EXPECT_TRUE(meter.Inspect(kMorning, kMorning).empty());
}

}  // namespace
}  // namespace kondor::qondor
