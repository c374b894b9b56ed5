// The books under a flood of fresh addresses (the policy is in ration.h).
#include <gtest/gtest.h>

#include "identities.h"
#include "mock_server/ledger/ledger.h"
#include "readings.h"

namespace kondor::ledger {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr KeyIdentity kHonestKey{7};
constexpr IpIdentity kHonestIp{IpIdentity::Family::kV6, 42};

LedgerOptions Places(std::size_t places) { return {.anonymous_identities_max = places}; }

// One thread, so the thread sanitizer has nothing to see here, and it would take a minute to.
#if defined(__SANITIZE_THREAD__)
constexpr std::size_t kFlood = 100'000;
#else
constexpr std::size_t kFlood = 1'000'000;
#endif

TEST(Flood, OfAMillionAddressesNeitherGrowsTheBooksNorHurtsAKeyHolder) {
  constexpr std::size_t kPlaces = 10'000;
  Ledger ledger(Reading{}, Places(kPlaces));
  std::size_t turned_away = 0;
  std::size_t honest_calls = 0;
  TimePoint next_honest = kStart;
  for (std::uint64_t n = 0; n < kFlood; ++n) {
    // 20 s in all: nobody becomes idle.
    const TimePoint now = kStart + microseconds(20'000'000 / kFlood * n);
    const Decision decision = ledger.Decide(now, Ip(n), {});
    if (!decision.admitted()) {
      ++turned_away;
      ASSERT_EQ(decision.refusal->cause, Cause::kBooksFull);
    }
    if (now >= next_honest) {
      ASSERT_TRUE(ledger.Decide(now, kHonestIp, kHonestKey).admitted());
      next_honest = now + seconds(1);
      ++honest_calls;
    }
  }
  EXPECT_EQ(turned_away, kFlood - kPlaces);
  EXPECT_EQ(honest_calls, 20U);
  EXPECT_EQ(ledger.identities(), kPlaces + 2);
  EXPECT_LT(ledger.bytes(), (kPlaces + 2) * 160);
}

TEST(Flood, GivesNobodyAFreshAllowance) {
  Ledger ledger(Reading{}, Places(100));
  ASSERT_TRUE(ledger.Decide(kStart, Ip(0), {}).admitted());
  for (std::uint64_t n = 1; n < 50'000; ++n) ledger.Decide(kStart, Ip(n), {});
  // Live records were not pushed out: who called is still counted ...
  EXPECT_FALSE(ledger.Decide(kStart + milliseconds(999), Ip(0), {}).admitted());
  EXPECT_TRUE(ledger.Decide(kStart + seconds(1), Ip(0), {}).admitted());
  // ... and who was turned away stays so, as often as it tries.
  for (int i = 0; i < 3; ++i) {
    const Decision decision = ledger.Decide(kStart + seconds(1), Ip(40'000), {});
    ASSERT_FALSE(decision.admitted());
    EXPECT_EQ(decision.refusal->cause, Cause::kBooksFull);
    EXPECT_EQ(decision.refusal->dimension, Dimension::kIp);
  }
  EXPECT_EQ(ledger.identities(), 100U);
}

TEST(Flood, TellsTheEarliestInstantAtWhichThereIsAPlace) {
  for (const Window window : kAllWindows) {
    Ledger ledger({.window = window}, Places(3));
    for (std::uint64_t n = 0; n < 3; ++n) {
      ASSERT_TRUE(ledger.Decide(kStart + milliseconds(n), Ip(n), {}).admitted());
    }
    const Decision full = ledger.Decide(kStart + milliseconds(3), Ip(9), {});
    ASSERT_FALSE(full.admitted());
    const TimePoint retry_at = full.refusal->retry_at;
    EXPECT_GT(retry_at, full.at);
    EXPECT_FALSE(ledger.Decide(retry_at - microseconds(1), Ip(9), {}).admitted());
    EXPECT_TRUE(ledger.Decide(retry_at, Ip(9), {}).admitted());
    EXPECT_LE(ledger.identities(), 3U);
  }
}

// Also when the search for a place ends long before the books do.
TEST(Flood, TellsAnInstantAtWhichThereIsAPlaceInLargeBooks) {
  constexpr std::uint64_t kPlaces = 5'000;
  Ledger ledger(Reading{}, Places(kPlaces));
  for (std::uint64_t n = 0; n < kPlaces; ++n) {
    ASSERT_TRUE(ledger.Decide(kStart + milliseconds(n), Ip(n), {}).admitted());
  }
  for (int i = 0; i < 200; ++i) {
    const TimePoint now = kStart + seconds(5) + milliseconds(i);
    const IpIdentity newcomer = Ip(100'000 + static_cast<std::uint64_t>(i));
    const Decision full = ledger.Decide(now, newcomer, {});
    ASSERT_FALSE(full.admitted());
  }
  const Decision last = ledger.Decide(kStart + seconds(6), Ip(200'000), {});
  ASSERT_FALSE(last.admitted());
  EXPECT_TRUE(ledger.Decide(last.refusal->retry_at, Ip(200'000), {}).admitted());
}

TEST(Flood, EndsAndTheBooksHavePlacesAgain) {
  Ledger ledger(Reading{}, Places(1'000));
  for (std::uint64_t n = 0; n < 5'000; ++n) ledger.Decide(kStart, Ip(n), {});
  const TimePoint later = kStart + seconds(60);
  std::size_t admitted = 0;
  for (std::uint64_t n = 0; n < 1'000; ++n) {
    admitted += ledger.Decide(later, Ip(90'000 + n), {}).admitted() ? 1 : 0;
  }
  // Not all: a newcomer looks through a bounded number of records, and finds no place when those
  // happen to be all live again.
  EXPECT_GT(admitted, 700U);
}

TEST(Flood, ByTheHolderOfAKeyIsBoundedToo) {
  for (const CountRefused refused : {CountRefused::kNo, CountRefused::kYes}) {
    for (const Charge charge : {Charge::kAllOrNone, Charge::kInOrder}) {
      Ledger ledger({.count_refused = refused, .charge = charge}, Places(100));
      for (std::uint64_t n = 0; n < 20'000; ++n) {
        const bool admitted = ledger.Decide(kStart, Ip(n), KeyIdentity{1}).admitted();
        ASSERT_EQ(admitted, n == 0);
      }
      EXPECT_LE(ledger.identities(), 102U);
      EXPECT_TRUE(ledger.Decide(kStart, kHonestIp, kHonestKey).admitted());
    }
  }
}

TEST(Flood, OfPairsUsesUpOnlyItsOwnKeysPlaces) {
  Ledger ledger({.scope = Scope::kPair}, Places(100));
  std::size_t admitted = 0;
  for (std::uint64_t n = 0; n < 1'000; ++n) {
    admitted += ledger.Decide(kStart, Ip(n), KeyIdentity{1}).admitted() ? 1 : 0;
  }
  EXPECT_EQ(admitted, 100U);
  EXPECT_EQ(ledger.identities(), 100U);
  const Decision full = ledger.Decide(kStart, Ip(5'000), KeyIdentity{1});
  ASSERT_FALSE(full.admitted());
  EXPECT_EQ(full.refusal->cause, Cause::kBooksFull);
  EXPECT_EQ(full.refusal->dimension, Dimension::kPair);
  EXPECT_TRUE(ledger.Decide(kStart, kHonestIp, kHonestKey).admitted());
  EXPECT_TRUE(ledger.Decide(kStart, kHonestIp, {}).admitted());
  EXPECT_TRUE(ledger.Decide(full.refusal->retry_at, Ip(5'000), KeyIdentity{1}).admitted());
}

// An address that took a stranger's place and then shows a key gives the place back.
TEST(Places, AreGivenBackByAnAddressThatShowsAKey) {
  Ledger ledger(Reading{}, Places(1));
  ASSERT_TRUE(ledger.Decide(kStart, kHonestIp, {}).admitted());
  ASSERT_FALSE(ledger.Decide(kStart, Ip(1), {}).admitted());
  ASSERT_TRUE(ledger.Decide(kStart + seconds(1), kHonestIp, kHonestKey).admitted());
  EXPECT_TRUE(ledger.Decide(kStart + seconds(1), Ip(1), {}).admitted());
  EXPECT_FALSE(ledger.Decide(kStart + seconds(1), Ip(2), {}).admitted());
}

TEST(Books, AreTinyUntilUsed) {
  Ledger ledger(Reading{});
  EXPECT_LT(ledger.bytes(), 2048U);
  EXPECT_TRUE(ledger.Decide(kStart, kHonestIp, kHonestKey).admitted());
  EXPECT_LT(ledger.bytes(), 6 * 1024U);
}

TEST(Books, HoldAnIdentityIn128Bytes) {
  for (const std::uint64_t count : {18'400U, 30'000U, 65'536U}) {
    Ledger ledger(Reading{});
    for (std::uint64_t n = 0; n < count; ++n) ledger.Decide(kStart, Ip(n), {});
    ASSERT_EQ(ledger.identities(), count);
    EXPECT_LE(ledger.bytes() / count, 128U) << count;
  }
}

}  // namespace
}  // namespace kondor::ledger
