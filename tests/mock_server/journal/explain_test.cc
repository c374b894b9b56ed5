// Why a call was refused, from real books: the calls named are those that stood in its way.
#include "mock_server/journal/explain.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/mock_server/journal/made_entries.h"

namespace kondor {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Ids = std::vector<std::uint64_t>;

constexpr std::string_view kA = "203.0.113.1", kB = "203.0.113.2";
const TimePoint kZero = FromUnixMicros(1'767'225'600'000'000);  // on a whole minute

TimePoint At(std::int64_t ms) { return kZero + milliseconds(ms); }

Explanation Why(const Traffic& traffic, std::uint64_t id) {
  const auto entry = traffic.journal().Find(id);
  EXPECT_TRUE(entry->decision && !entry->decision->admitted()) << id << " was not refused";
  return Explain(*entry, traffic.journal().Read());
}

TEST(Explain, NamesTheCallThatFilledTheSecond) {
  Traffic traffic({});
  traffic.Call(At(0), kA, 1);
  const Explanation why = Why(traffic, traffic.Call(At(400), kA, 1));
  EXPECT_EQ(why.calls, (Ids{1}));
  EXPECT_EQ(why.calls_missing, 0U);
  EXPECT_EQ(why.too_early, milliseconds(600));
  EXPECT_EQ(why.rules, (std::vector<std::string_view>{"K4", "K5", "KO1", "KO3"}));
  EXPECT_EQ(why.text,
            "The limit of 1 per second for IP 203.0.113.1 was used up: 1 counted, read as "
            "sliding_log; the call came 600 ms too early.");
}

TEST(Explain, WritesMicrosecondsWhenThereAreAny) {
  Traffic traffic({});
  traffic.Call(At(0), kA);
  const Explanation why = Why(traffic, traffic.Call(At(999) + microseconds(995), kA));
  EXPECT_EQ(why.too_early, microseconds(5));
  EXPECT_NE(why.text.find("came 0.005 ms too early"), std::string::npos) << why.text;
}

TEST(Explain, NamesExactlyTheCallsInTheWindow) {
  Traffic traffic({.per_second = 0, .per_minute = 3});
  traffic.Call(At(0), kA);       // 1: has left by 60'000
  traffic.Call(At(10'000), kA);  // 2
  traffic.Call(At(20'000), kB);  // 3: somebody else
  traffic.Call(At(30'000), kA);  // 4
  traffic.Call(At(40'000), kA);  // 5: refused, not counted
  traffic.Call(At(60'000), kA);  // 6
  const Explanation why = Why(traffic, traffic.Call(At(69'999), kA));
  EXPECT_EQ(why.calls, (Ids{2, 4, 6}));
  EXPECT_EQ(why.calls_missing, 0U);
  EXPECT_EQ(why.too_early, milliseconds(1));
  EXPECT_EQ(Why(traffic, 5).calls, (Ids{1, 2, 4})) << "later calls do not explain an earlier one";
}

TEST(Explain, TellsTheKeysCounterFromTheAddresss) {
  Traffic traffic({});
  traffic.Call(At(0), kA, 1);
  traffic.Call(At(100), kB, 2);
  const Explanation why = Why(traffic, traffic.Call(At(500), "203.0.113.3", 1));
  EXPECT_EQ(why.calls, (Ids{1}));
  EXPECT_NE(why.text.find("for key key-1 was used up"), std::string::npos) << why.text;
  EXPECT_EQ(Why(traffic, traffic.Call(At(600), kB, 3)).calls, (Ids{2}));
}

TEST(Explain, TellsThePairsCounter) {
  Traffic traffic({.scope = ledger::Scope::kPair});
  traffic.Call(At(0), kA, 1);
  traffic.Call(At(10), kA, 2);
  traffic.Call(At(20), kB, 1);
  const Explanation why = Why(traffic, traffic.Call(At(500), kA, 1));
  EXPECT_EQ(why.calls, (Ids{1}));
  EXPECT_EQ(why.rules, (std::vector<std::string_view>{"K4", "K5", "KO1", "KO4"}));
  EXPECT_NE(why.text.find("the pair of IP 203.0.113.1 and key key-1"), std::string::npos);
}

TEST(Explain, DoesNotBlameAPairForAnAddressWithoutOne) {  // KO4
  Traffic traffic({.scope = ledger::Scope::kPair});
  traffic.Call(At(0), kA);
  traffic.Call(At(10), kA, 1);
  EXPECT_EQ(Why(traffic, traffic.Call(At(500), kA)).calls, (Ids{1}));
}

TEST(Explain, TakesNeighboursInOneSlash64ForOne) {
  Traffic traffic({});
  traffic.Call(At(0), "2001:db8::1");
  EXPECT_EQ(Why(traffic, traffic.Call(At(1), "2001:db8::2")).calls, (Ids{1}));
}

TEST(Explain, NamesRefusedCallsOnlyWhereTheyCount) {  // KO3
  const auto calls_of = [](const ledger::Reading& reading) {
    Traffic traffic(reading);
    traffic.Call(At(0), kA);
    traffic.Call(At(500), kA);
    return Why(traffic, traffic.Call(At(900), kA)).calls;
  };
  using ledger::CountRefused;
  EXPECT_EQ(calls_of({.count_refused = CountRefused::kNo, .per_minute = 0}), (Ids{1}));
  EXPECT_EQ(calls_of({.count_refused = CountRefused::kYes, .per_minute = 0}), (Ids{2}))
      << "of a limit of 1 the latest call alone stands in the way";
  EXPECT_EQ(calls_of({.window = ledger::Window::kTokenBucket,
                      .count_refused = CountRefused::kYes,
                      .per_minute = 0}),
            (Ids{1}));
  EXPECT_EQ(
      calls_of(
          {.window = ledger::Window::kGcra, .count_refused = CountRefused::kYes, .per_minute = 0}),
      (Ids{1}));
}

// No counter tells of more than its limit: with refused calls in it, "used" is the least it can be.
TEST(Explain, SaysAtLeastWhereTheCountMayHavePassedTheLimit) {  // KO3
  using enum ledger::Window;
  const auto text_of = [](ledger::Window window, ledger::CountRefused count_refused) {
    Traffic traffic({.window = window, .count_refused = count_refused, .per_minute = 0});
    for (int i = 0; i < 3; ++i) traffic.Call(At(i * 100), kA);
    EXPECT_EQ(traffic.journal().Find(3)->decision->refusal->used, 1U);
    return Why(traffic, 3).text;
  };
  for (const ledger::Window window :
       {kSlidingLog, kFixedFromFirst, kFixedAligned, kSlidingCounter, kTokenBucket, kGcra}) {
    const bool keeps_out = window == kTokenBucket || window == kGcra;
    EXPECT_NE(text_of(window, ledger::CountRefused::kYes)
                  .find(keeps_out ? "used up: 1 counted" : "used up: at least 1 counted"),
              std::string::npos)
        << static_cast<int>(window);
    EXPECT_NE(text_of(window, ledger::CountRefused::kNo).find("used up: 1 counted"),
              std::string::npos)
        << static_cast<int>(window);
  }
}

TEST(Explain, BrieflySaysTheSameAndLooksForNoCalls) {
  for (const ledger::Lockout lockout :
       {ledger::Lockout::kNone, ledger::Lockout::kFromBreach, ledger::Lockout::kFromLast}) {
    Traffic traffic({.lockout = lockout, .count_refused = ledger::CountRefused::kYes});
    for (const int ms : {0, 0, 500, 500, 20'000, 60'000, 60'500, 121'000, 121'001, 190'000}) {
      traffic.Call(At(ms), ms == 20'000 ? kB : kA, 1);
    }
    const Journal::Snapshot snapshot = traffic.journal().Read();
    for (const Journal::EntryPtr& entry : snapshot.entries) {
      if (entry->decision->admitted()) continue;
      const Explanation whole = Explain(*entry, snapshot);
      const Explanation brief = ExplainBriefly(*entry, snapshot);
      EXPECT_EQ(brief.text, whole.text);
      EXPECT_EQ(brief.rules, whole.rules);
      EXPECT_EQ(brief.too_early, whole.too_early);
      EXPECT_TRUE(brief.calls.empty());
    }
  }
}

TEST(ExplainByCode, LeavesACodeItDoesNotKnowToTheAnswersBody) {
  for (const Surface surface : {Surface::kK2, Surface::kQondor, Surface::kArm}) {
    JournalEntry entry;
    entry.surface = surface;
    entry.outcome = Outcome::kFailed;
    entry.code = "NEWER_THAN_THIS";
    const Explanation why = Explain(entry, SnapshotOf({entry}));
    EXPECT_TRUE(why.rules.empty());
    EXPECT_EQ(why.text, "The answer's body says why.");
  }
}

// A manual clock stands still, so many calls share one instant.
TEST(Explain, NamesNoLaterCallOfTheSameInstant) {
  Traffic traffic({.count_refused = ledger::CountRefused::kYes, .per_minute = 0});
  for (int i = 0; i < 4; ++i) traffic.Call(At(0), kA);
  EXPECT_EQ(Why(traffic, 2).calls, (Ids{1}));
  EXPECT_EQ(Why(traffic, 3).calls, (Ids{2}));
  EXPECT_EQ(Why(traffic, 4).calls, (Ids{3}));
}

TEST(Explain, CountsAddressesThatPaidBeforeTheKeyRefused) {  // KO8
  Traffic traffic({.charge = ledger::Charge::kInOrder});
  traffic.Call(At(0), kA, 1);
  traffic.Call(At(500), kB, 1);  // B pays, then key 1 refuses
  const Explanation why = Why(traffic, traffic.Call(At(600), kB, 2));
  EXPECT_EQ(why.calls, (Ids{2}));
  EXPECT_EQ(why.calls_missing, 0U);
  EXPECT_EQ(why.too_early, milliseconds(900));
}

// What holds back longest need not be what refused: key 1 refused, and B's own counter, which had
// room, holds B back until later because it was charged.
TEST(Explain, TellsACounterThatOnlyThisCallFilled) {  // KO8
  Traffic traffic({.charge = ledger::Charge::kInOrder});
  traffic.Call(At(0), kA, 1);
  const Explanation why = Why(traffic, traffic.Call(At(500), kB, 1));
  EXPECT_EQ(why.calls, Ids{});
  EXPECT_EQ(why.text,
            "The limit of 1 per second for IP 203.0.113.2 is used up by this refused call itself, "
            "which counts: 0 counted before it, read as sliding_log; the call came 1000 ms too "
            "early.");
}

TEST(Explain, SaysHowManyCallsAreNotInTheJournalAnyLonger) {
  Traffic traffic({.per_second = 0, .per_minute = 5}, 4 * 1024);
  for (int i = 0; i < 5; ++i) traffic.Call(At(i * 100), kA);
  const std::uint64_t refused = traffic.Call(At(600), kA);
  for (int i = 0; i < 3; ++i) traffic.Call(At(700), kB);
  const auto entry = traffic.journal().Find(refused);
  ASSERT_NE(entry, nullptr);
  const Journal::Snapshot snapshot = traffic.journal().Read();
  ASSERT_GT(snapshot.evicted_through, 0U);
  ASSERT_LT(snapshot.evicted_through, 5U);
  const Explanation why = Explain(*entry, snapshot);
  EXPECT_EQ(why.calls_missing, snapshot.evicted_through);
  EXPECT_EQ(why.calls.size() + why.calls_missing, 5U);
  EXPECT_EQ(why.calls.front(), snapshot.evicted_through + 1);
}

// --- KO2
TEST(ExplainALockOut, BeginsWithTheBreachAndWhatFilledTheWindow) {
  Traffic traffic({.lockout = ledger::Lockout::kFromBreach});
  traffic.Call(At(0), kA);
  const Explanation why = Why(traffic, traffic.Call(At(500), kA));
  EXPECT_EQ(why.calls, (Ids{1}));
  EXPECT_EQ(why.too_early, seconds(60));
  EXPECT_EQ(why.rules, (std::vector<std::string_view>{"K5", "K6", "KO2"}));
  EXPECT_EQ(why.text,
            "The limit of 1 per second for IP 203.0.113.1 was used up: 1 counted, read as "
            "sliding_log, and that locks it out for 60 seconds; the call came 60000 ms too early.");
}

TEST(ExplainALockOut, NamesTheBreachAloneWhenLaterCallsDoNotLengthenIt) {
  Traffic traffic({.lockout = ledger::Lockout::kFromBreach});
  traffic.Call(At(0), kA);
  traffic.Call(At(500), kA);     // 2: the breach
  traffic.Call(At(20'000), kA);  // 3: refused, changes nothing
  const Explanation why = Why(traffic, traffic.Call(At(60'000), kA));
  EXPECT_EQ(why.calls, (Ids{2}));
  EXPECT_EQ(why.too_early, milliseconds(500));
  EXPECT_EQ(why.text,
            "After a breach, IP 203.0.113.1 is locked out for 60 seconds; the call came 500 ms too "
            "early.");
}

TEST(ExplainALockOut, NamesTheFirstOfManyCallsAtTheInstantOfTheBreach) {
  Traffic traffic({.lockout = ledger::Lockout::kFromBreach});
  for (int i = 0; i < 4; ++i) traffic.Call(At(0), kA);  // 2: the breach
  EXPECT_EQ(Why(traffic, 3).calls, (Ids{2}));
  EXPECT_EQ(Why(traffic, traffic.Call(At(1'000), kA)).calls, (Ids{2}));
}

TEST(ExplainALockOut, NamesEveryRefusedCallWhenEachBeginsItAnew) {
  Traffic traffic({.lockout = ledger::Lockout::kFromLast});
  traffic.Call(At(0), kA);
  traffic.Call(At(500), kA);     // 2: the breach; has no say at 70'000
  traffic.Call(At(20'000), kA);  // 3
  traffic.Call(At(30'000), kB);  // 4: somebody else
  traffic.Call(At(50'000), kA);  // 5
  const Explanation why = Why(traffic, traffic.Call(At(70'000), kA));
  EXPECT_EQ(why.calls, (Ids{3, 5}));
  EXPECT_EQ(why.too_early, seconds(60));
}

TEST(ExplainALockOut, SaysWhenTheBreachIsNotInTheJournalAnyLonger) {
  Traffic traffic({.lockout = ledger::Lockout::kFromBreach}, 1);
  traffic.Call(At(0), kA);
  traffic.Call(At(500), kA);
  const Explanation why = Why(traffic, traffic.Call(At(1'000), kA));
  EXPECT_TRUE(why.calls.empty());
  EXPECT_EQ(why.calls_missing, 1U);
}

TEST(ExplainFullBooks, SaysSoAndNamesNobody) {
  JournalEntry entry;
  entry.id = 1;
  entry.at = At(0);
  entry.outcome = Outcome::kRateLimited;
  entry.decision = ledger::Decision{
      At(0), ledger::Refusal{.cause = ledger::Cause::kBooksFull, .retry_at = At(2'000)}};
  const Explanation why = Explain(entry, SnapshotOf({entry}));
  EXPECT_TRUE(why.calls.empty());
  EXPECT_EQ(why.calls_missing, 0U);
  EXPECT_EQ(why.too_early, seconds(2));
  EXPECT_EQ(why.rules, (std::vector<std::string_view>{"K5"}));
  EXPECT_NE(why.text.find("came 2000 ms too early"), std::string::npos);
}

}  // namespace
}  // namespace kondor
