// Each reading by example, worked out by hand from the words of KO1-KO4 and KO8.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "describe.h"
#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {
namespace {

// A whole minute of Unix time, so that instants below read as seconds into aligned windows.
constexpr std::int64_t kMinute = 1'700'000'040'000'000;
static_assert(kMinute % 60'000'000 == 0);

TimePoint At(double second) {
  return FromUnixMicros(kMinute + static_cast<std::int64_t>(second * 1e6 + 0.5));
}
double SecondsOf(TimePoint t) { return static_cast<double>(ToUnixMicros(t) - kMinute) / 1e6; }

constexpr IpIdentity kIp{IpIdentity::Family::kV4, 1};
constexpr IpIdentity kOtherIp{IpIdentity::Family::kV4, 2};
constexpr KeyIdentity kKey{1};
constexpr KeyIdentity kOtherKey{2};

// "ok", or who refuses and when to come back.
std::string Try(Ledger& ledger, double second, const IpIdentity& ip = kIp,
                std::optional<KeyIdentity> key = kKey) {
  const Decision decision = ledger.Decide(At(second), ip, key);
  if (decision.admitted()) return "ok";
  std::string text = Describe(decision);
  text = text.substr(text.find("refused by ") + 11);
  text = text.substr(0, text.find(", retry"));
  std::string when = std::to_string(SecondsOf(decision.refusal->retry_at));
  return text + " until " + when.substr(0, when.find('.') + 4);
}

TEST(SlidingLog, OneASecondAndTwentyAMinute) {
  Ledger ledger(Reading{});
  EXPECT_EQ(Try(ledger, 0), "ok");
  EXPECT_EQ(Try(ledger, 0.999999), "ip second (window) 1 of 1 until 1.000");
  EXPECT_EQ(Try(ledger, 1), "ok");  // exactly a window after another is admitted
  for (int i = 2; i < 20; ++i) EXPECT_EQ(Try(ledger, i), "ok");
  EXPECT_EQ(Try(ledger, 20), "ip minute (window) 20 of 20 until 60.000");
  EXPECT_EQ(Try(ledger, 59.999999), "ip minute (window) 20 of 20 until 60.000");
  EXPECT_EQ(Try(ledger, 60), "ok");
  EXPECT_EQ(Try(ledger, 60.5), "ip second (window) 1 of 1 until 61.000");
  EXPECT_EQ(Try(ledger, 61), "ok");
}

TEST(SlidingLog, AnyMinuteHoldsNoMoreThanTwenty) {
  Ledger ledger(Reading{});
  EXPECT_EQ(Try(ledger, 0), "ok");
  for (int i = 0; i < 19; ++i) EXPECT_EQ(Try(ledger, 40 + i), "ok");
  EXPECT_EQ(Try(ledger, 60), "ok");  // the one of 0 has left
  EXPECT_EQ(Try(ledger, 61), "ip minute (window) 20 of 20 until 100.000");
}

TEST(FixedFromFirst, AWindowOpensAtTheFirstCall) {
  Ledger ledger({.window = Window::kFixedFromFirst, .per_second = 0, .per_minute = 2});
  EXPECT_EQ(Try(ledger, 7), "ok");
  EXPECT_EQ(Try(ledger, 66), "ok");
  EXPECT_EQ(Try(ledger, 66.5), "ip minute (window) 2 of 2 until 67.000");
  EXPECT_EQ(Try(ledger, 67), "ok");  // opens the next: two more fit right away
  EXPECT_EQ(Try(ledger, 67), "ok");
  EXPECT_EQ(Try(ledger, 68), "ip minute (window) 2 of 2 until 127.000");
}

TEST(FixedAligned, TheWindowIsTheClocksMinute) {
  Ledger ledger({.window = Window::kFixedAligned, .per_second = 0, .per_minute = 2});
  EXPECT_EQ(Try(ledger, 58), "ok");
  EXPECT_EQ(Try(ledger, 59), "ok");
  EXPECT_EQ(Try(ledger, 59.999999), "ip minute (window) 2 of 2 until 60.000");
  EXPECT_EQ(Try(ledger, 60), "ok");  // four calls within three seconds
  EXPECT_EQ(Try(ledger, 60), "ok");
  EXPECT_EQ(Try(ledger, 61), "ip minute (window) 2 of 2 until 120.000");
}

TEST(SlidingCounter, ThePreviousWindowFades) {
  Ledger ledger({.window = Window::kSlidingCounter, .per_second = 0, .per_minute = 4});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Try(ledger, 10), "ok");
  // Current window full; in the next, 4 x (60 - e) / 60 < 4 from e = 1 us.
  EXPECT_EQ(Try(ledger, 20), "ip minute (window) 4 of 4 until 60.000");
  EXPECT_EQ(Try(ledger, 60), "ip minute (window) 4 of 4 until 60.000");
  EXPECT_EQ(Try(ledger, 60.000001), "ok");
  // 4 x (60 - e) / 60 + 1 < 4 from just after e = 15 s.
  EXPECT_EQ(Try(ledger, 75), "ip minute (window) 4 of 4 until 75.000");
  EXPECT_EQ(Try(ledger, 75.000001), "ok");
  EXPECT_EQ(Try(ledger, 80), "ip minute (window) 4 of 4 until 90.000");
}

TEST(TokenBucket, StartsFullAndRefillsEvenly) {
  Ledger ledger({.window = Window::kTokenBucket, .per_second = 0, .per_minute = 20});
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Try(ledger, 0), "ok");
  EXPECT_EQ(Try(ledger, 0), "ip minute (window) 20 of 20 until 3.000");
  EXPECT_EQ(Try(ledger, 2.999999), "ip minute (window) 20 of 20 until 3.000");
  EXPECT_EQ(Try(ledger, 3), "ok");
  EXPECT_EQ(Try(ledger, 8), "ok");  // 5 s refilled 1 2/3 tokens
  EXPECT_EQ(Try(ledger, 8), "ip minute (window) 20 of 20 until 9.000");
}

TEST(Gcra, OneCallPerShareAndNoBurst) {
  Ledger ledger({.window = Window::kGcra});
  EXPECT_EQ(Try(ledger, 0), "ok");
  EXPECT_EQ(Try(ledger, 1), "ip minute (window) 1 of 20 until 3.000");
  EXPECT_EQ(Try(ledger, 2.999999), "ip minute (window) 1 of 20 until 3.000");
  EXPECT_EQ(Try(ledger, 3), "ok");
}

TEST(Gcra, AShareNeedNotBeWhole) {
  Ledger ledger({.window = Window::kGcra, .per_second = 0, .per_minute = 7});
  const TimePoint start = At(0);
  ASSERT_TRUE(ledger.Decide(start, kIp, kKey).admitted());
  // 60 s / 7 = 8,571,428.57 us: not one microsecond early.
  const auto refused = ledger.Decide(start + std::chrono::microseconds(8'571'428), kIp, kKey);
  ASSERT_FALSE(refused.admitted());
  EXPECT_EQ(refused.refusal->retry_at, start + std::chrono::microseconds(8'571'429));
  EXPECT_TRUE(ledger.Decide(refused.refusal->retry_at, kIp, kKey).admitted());
}

TEST(Lockout, FromBreachLastsSixtySecondsFromTheFirstRefusal) {
  Ledger ledger({.lockout = Lockout::kFromBreach});
  EXPECT_EQ(Try(ledger, 0), "ok");
  EXPECT_EQ(Try(ledger, 0.5), "ip second (lockout) 1 of 1 until 60.500");
  EXPECT_EQ(Try(ledger, 30), "ip second (lockout) 0 of 1 until 60.500");
  EXPECT_EQ(Try(ledger, 60.499999), "ip second (lockout) 0 of 1 until 60.500");
  EXPECT_EQ(Try(ledger, 60.5), "ok");
}

TEST(Lockout, FromLastStartsAgainWithEveryRefusal) {
  Ledger ledger({.lockout = Lockout::kFromLast});
  EXPECT_EQ(Try(ledger, 0), "ok");
  EXPECT_EQ(Try(ledger, 0.5), "ip second (lockout) 1 of 1 until 60.500");
  EXPECT_EQ(Try(ledger, 60), "ip second (lockout) 0 of 1 until 120.000");
  EXPECT_EQ(Try(ledger, 120), "ok");
}

TEST(Lockout, HitsOnlyTheIdentitiesWhoseOwnCounterRefused) {
  Ledger ledger({.lockout = Lockout::kFromBreach});
  EXPECT_EQ(Try(ledger, 0, kIp, kKey), "ok");
  EXPECT_EQ(Try(ledger, 0.5, kOtherIp, kKey), "key second (lockout) 1 of 1 until 60.500");
  EXPECT_EQ(Try(ledger, 1, kOtherIp, kOtherKey), "ok");  // the address was not locked
  EXPECT_EQ(Try(ledger, 2, kOtherIp, kKey), "key second (lockout) 0 of 1 until 60.500");
}

TEST(CountRefused, ARefusedCallPutsOffItsOwnReturn) {
  Ledger ledger({.count_refused = CountRefused::kYes});
  EXPECT_EQ(Try(ledger, 0), "ok");
  EXPECT_EQ(Try(ledger, 0.9), "ip second (window) 1 of 1 until 1.900");
  EXPECT_EQ(Try(ledger, 1.5), "ip second (window) 1 of 1 until 2.500");
  EXPECT_EQ(Try(ledger, 2.5), "ok");
}

TEST(CountRefused, ChargesTheOtherIdentityOfTheCallToo) {
  Ledger ledger({.count_refused = CountRefused::kYes});
  EXPECT_EQ(Try(ledger, 0, kIp, kKey), "ok");
  EXPECT_EQ(Try(ledger, 0.5, kOtherIp, kKey), "ip second (window) 0 of 1 until 1.500");
  EXPECT_EQ(Try(ledger, 0.6, kOtherIp, kOtherKey), "ip second (window) 1 of 1 until 1.600");
}

TEST(Scope, IndependentRefusesByAddressOrByKey) {
  Ledger ledger(Reading{});
  EXPECT_EQ(Try(ledger, 0, kIp, kKey), "ok");
  EXPECT_EQ(Try(ledger, 0, kIp, kOtherKey), "ip second (window) 1 of 1 until 1.000");
  EXPECT_EQ(Try(ledger, 0, kOtherIp, kKey), "key second (window) 1 of 1 until 1.000");
  EXPECT_EQ(Try(ledger, 0, kOtherIp, kOtherKey), "ok");  // nobody was charged for the refused
}

TEST(Scope, PairCountsEachAddressWithEachKeyApart) {
  Ledger ledger({.scope = Scope::kPair});
  EXPECT_EQ(Try(ledger, 0, kIp, kKey), "ok");
  EXPECT_EQ(Try(ledger, 0, kIp, kOtherKey), "ok");
  EXPECT_EQ(Try(ledger, 0, kOtherIp, kKey), "ok");
  EXPECT_EQ(Try(ledger, 0, kIp, std::nullopt), "ok");
  EXPECT_EQ(Try(ledger, 0.5, kIp, kKey), "pair second (window) 1 of 1 until 1.000");
  EXPECT_EQ(Try(ledger, 0.5, kIp, std::nullopt), "ip second (window) 1 of 1 until 1.000");
}

TEST(Charge, InOrderChargesTheAddressThoughTheKeyRefuses) {
  Ledger ledger({.charge = Charge::kInOrder});
  EXPECT_EQ(Try(ledger, 0, kIp, kKey), "ok");
  EXPECT_EQ(Try(ledger, 0.5, kOtherIp, kKey), "ip second (window) 0 of 1 until 1.500");
  EXPECT_EQ(Try(ledger, 1, kOtherIp, kOtherKey), "ip second (window) 1 of 1 until 1.500");
  EXPECT_EQ(Try(ledger, 1, kIp, kKey), "ok");  // the key was not charged for the refused call
}

TEST(Limits, ZeroTurnsAWindowOff) {
  Ledger none({.per_second = 0, .per_minute = 0});
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Try(none, 0), "ok");
  EXPECT_EQ(none.identities(), 0U);
  EXPECT_TRUE(none.Inspect(At(0), kIp, kKey).empty());

  Ledger minute({.per_second = 0, .per_minute = 3});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Try(minute, 0), "ok");
  EXPECT_EQ(Try(minute, 0), "ip minute (window) 3 of 3 until 60.000");
}

TEST(Limits, TenThousandAMinuteAreCountedExactly) {
  for (const Window window : {Window::kSlidingLog, Window::kFixedFromFirst, Window::kFixedAligned,
                              Window::kSlidingCounter, Window::kTokenBucket}) {
    SCOPED_TRACE(Describe(window));
    Ledger ledger({.window = window, .per_second = 0, .per_minute = 10'000});
    for (int i = 0; i < 10'000; ++i) ASSERT_EQ(Try(ledger, 0), "ok");
    EXPECT_NE(Try(ledger, 0), "ok");
  }
}

TEST(Ties, NameTheAddressBeforeTheKeyAndTheSecondBeforeTheMinute) {
  Ledger ledger({.per_second = 1, .per_minute = 1});
  EXPECT_EQ(Try(ledger, 0), "ok");
  EXPECT_EQ(Try(ledger, 0), "ip minute (window) 1 of 1 until 60.000");
  Ledger second(Reading{});
  EXPECT_EQ(Try(second, 0), "ok");
  EXPECT_EQ(Try(second, 0), "ip second (window) 1 of 1 until 1.000");
  // A counter that admits is never named, though it comes first.
  EXPECT_EQ(Try(second, 0, kOtherIp, kKey), "key second (window) 1 of 1 until 1.000");
}

TEST(Inspect, ShowsEveryCounterAndChargesNothing) {
  Ledger ledger(Reading{});
  EXPECT_EQ(Try(ledger, 0), "ok");
  const auto views = ledger.Inspect(At(0.25), kIp, kKey);
  ASSERT_EQ(views.size(), 4U);
  EXPECT_EQ(views[0].dimension, Dimension::kIp);
  EXPECT_EQ(views[0].period, Period::kSecond);
  EXPECT_EQ(views[0].used, 1U);
  EXPECT_EQ(views[0].next_admitted, At(1));
  EXPECT_EQ(views[3].dimension, Dimension::kKey);
  EXPECT_EQ(views[3].period, Period::kMinute);
  EXPECT_EQ(views[3].used, 1U);
  EXPECT_EQ(views[3].next_admitted, At(0.25));
  for (int i = 0; i < 100; ++i) ledger.Inspect(At(0.5), kOtherIp, kOtherKey);
  EXPECT_EQ(ledger.identities(), 2U);
  EXPECT_EQ(Try(ledger, 1), "ok");
  EXPECT_EQ(ledger.Inspect(At(1), kIp, {}).size(), 2U);
  EXPECT_EQ(ledger.Inspect(At(1), {}, kKey).size(), 2U);
  EXPECT_TRUE(ledger.Inspect(At(1), {}, {}).empty());
}

TEST(Identities, OfDifferentKindsNeverCollide) {
  Ledger ledger(Reading{});
  const IpIdentity v4{IpIdentity::Family::kV4, 1};
  const IpIdentity v6{IpIdentity::Family::kV6, 1};
  EXPECT_EQ(Try(ledger, 0, v4, std::nullopt), "ok");
  EXPECT_EQ(Try(ledger, 0, v6, std::nullopt), "ok");
  EXPECT_EQ(Try(ledger, 0, IpIdentity{IpIdentity::Family::kV4, 9}, KeyIdentity{1}), "ok");
  EXPECT_EQ(ledger.identities(), 4U);

  Ledger pair({.scope = Scope::kPair});
  EXPECT_EQ(Try(pair, 0, v4, KeyIdentity{2}), "ok");
  EXPECT_EQ(Try(pair, 0, v6, KeyIdentity{2}), "ok");
  EXPECT_EQ(Try(pair, 0, IpIdentity{IpIdentity::Family::kV4, 2}, KeyIdentity{1}), "ok");
  EXPECT_EQ(Try(pair, 0, v4, std::nullopt), "ok");
  EXPECT_EQ(pair.identities(), 4U);
}

}  // namespace
}  // namespace kondor::ledger
