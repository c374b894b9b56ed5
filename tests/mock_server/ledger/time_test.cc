// Instants that jump or run backwards, and the forgetting of idle identities.
#include <gtest/gtest.h>

#include "identities.h"
#include "mock_server/ledger/ledger.h"
#include "readings.h"

namespace kondor::ledger {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr KeyIdentity kKey{1};

TEST(Time, IsKeptInWholeMicroseconds) {
  Ledger ledger(Reading{});
  const Decision first = ledger.Decide(kStart + Duration(999), Ip(1), kKey);
  EXPECT_EQ(first.at, kStart);
  EXPECT_TRUE(ledger.Decide(kStart + seconds(1), Ip(1), kKey).admitted());
}

TEST(Time, AnEarlierInstantIsBookedAtTheOneItsIdentitiesSaw) {
  Ledger ledger(Reading{});
  EXPECT_TRUE(ledger.Decide(kStart + seconds(10), Ip(1), kKey).admitted());
  const Decision early = ledger.Decide(kStart + seconds(5), Ip(2), kKey);
  EXPECT_EQ(early.at, kStart + seconds(10));
  ASSERT_FALSE(early.admitted());
  EXPECT_EQ(early.refusal->dimension, Dimension::kKey);
  EXPECT_EQ(early.refusal->retry_at, kStart + seconds(11));
  // The other address came along to that instant, strangers did not.
  EXPECT_EQ(ledger.Decide(kStart + seconds(6), Ip(2), {}).at, kStart + seconds(10));
  EXPECT_EQ(ledger.Decide(kStart + seconds(6), Ip(3), {}).at, kStart + seconds(6));
}

TEST(Time, AYearForwardForgetsEveryCallAndNothingWraps) {
  for (const Window window : kAllWindows) {
    Ledger ledger({.window = window, .lockout = Lockout::kFromLast});
    EXPECT_TRUE(ledger.Decide(kStart, Ip(1), kKey).admitted());
    EXPECT_FALSE(ledger.Decide(kStart, Ip(1), kKey).admitted());
    // Also where a 32-bit stamp has come round to the same value.
    const TimePoint round = kStart + microseconds(std::int64_t{1} << 32);
    EXPECT_TRUE(ledger.Decide(round, Ip(1), kKey).admitted());
    const TimePoint year = kStart + seconds(31'536'000);
    EXPECT_TRUE(ledger.Decide(year, Ip(1), kKey).admitted());
    const Decision back = ledger.Decide(kStart, Ip(1), kKey);
    EXPECT_EQ(back.at, year);
    EXPECT_FALSE(back.admitted());
  }
}

// Calls that are refused by somebody else move an identity's time on without counting.
TEST(Time, StampsDoNotComeRoundWhileOthersRefuse) {
  Ledger ledger({.per_second = 0, .per_minute = 1});
  EXPECT_TRUE(ledger.Decide(kStart, Ip(1), kKey).admitted());
  // Every 40 s another address uses the key up just before the first one calls.
  for (int i = 1; i <= 220; ++i) {
    const TimePoint t = kStart + seconds(60 * i);
    EXPECT_TRUE(ledger.Decide(t, Ip(2), kKey).admitted());
    EXPECT_FALSE(ledger.Decide(t, Ip(1), kKey).admitted());
    const auto views = ledger.Inspect(t, Ip(1), {});
    ASSERT_EQ(views.size(), 1U);
    EXPECT_EQ(views[0].used, 0U) << i;
  }
}

TEST(Forgetting, KeepsTheBooksAsLargeAsWhatIsLive) {
  for (const Window window : kAllWindows) {
    Ledger ledger({.window = window});
    std::size_t bytes_early = 0;
    // A thousand fresh addresses a minute, for an hour: about 2,000 are live at a time.
    for (std::uint64_t n = 0; n < 60'000; ++n) {
      ledger.Decide(kStart + microseconds(60'000 * n), Ip(n), {});
      if (n == 10'000) bytes_early = ledger.bytes();
    }
    EXPECT_LT(ledger.identities(), 4'500U);
    EXPECT_LE(ledger.bytes(), bytes_early * 2) << "a table may have doubled once, by chance";
  }
}

TEST(Forgetting, ChangesNoAnswer) {
  for (const Window window : kAllWindows) {
    for (const Lockout lockout : {Lockout::kNone, Lockout::kFromBreach, Lockout::kFromLast}) {
      const Reading reading{.window = window, .lockout = lockout};
      Ledger alone(reading);
      Ledger busy(reading);
      std::uint64_t stranger = 1000;
      TimePoint now = kStart;
      // Gaps around the ends of the windows and the lock-outs, where forgetting too early shows.
      for (int i = 0; i < 300; ++i) {
        constexpr std::int64_t kGaps[] = {200'000,    1'000'000,  2'999'999,  59'999'999,
                                          60'000'000, 59'000'000, 61'000'000, 119'999'999,
                                          1,          500'000,    120'000'000};
        now += microseconds(kGaps[static_cast<std::size_t>(i * 7 + i / 11) % 11]);
        // Strangers in hundreds sweep the books all the while.
        for (int s = 0; s < 100; ++s) busy.Decide(now, Ip(stranger++), {});
        const Decision a = alone.Decide(now, Ip(1), kKey);
        const Decision b = busy.Decide(now, Ip(1), kKey);
        ASSERT_EQ(a.at, b.at);
        ASSERT_EQ(a.admitted(), b.admitted());
        if (!a.admitted()) {
          ASSERT_EQ(a.refusal->retry_at, b.refusal->retry_at);
        }
      }
    }
  }
}

TEST(Forgetting, NobodysTimeRunsBackwardsAcrossIt) {
  Ledger ledger(Reading{});
  EXPECT_TRUE(ledger.Decide(kStart, Ip(1), {}).admitted());
  for (std::uint64_t n = 0; n < 10'000; ++n) {
    ledger.Decide(kStart + seconds(100), Ip(1000 + n), {});
  }
  // Forgotten by now: idle since a minute after its call. It cannot be had twice in one window by
  // a clock that goes back.
  const Decision again = ledger.Decide(kStart, Ip(1), {});
  EXPECT_GE(again.at, kStart + seconds(60));
}

}  // namespace
}  // namespace kondor::ledger
