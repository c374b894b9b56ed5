// Whether there were as many calls as expected, and never a pass on missing evidence.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "mock_server/journal/match.h"
#include "tests/mock_server/journal/made_entries.h"

namespace kondor {
namespace {

Match MatchOf(std::string_view field, std::string_view pattern, std::uint64_t after = 0) {
  Match match;
  match.after = after;
  EXPECT_TRUE(match.Add(field, pattern));
  return match;
}

// So many calls that match path "/yes", so many that may (their body was cut), and one that does
// not.
Journal::Snapshot Calls(std::size_t sure, std::size_t undecided, std::uint64_t evicted = 0) {
  std::vector<JournalEntry> entries(sure, MadeEntry("GET", "/yes"));
  for (JournalEntry& entry : entries) entry.body = "wanted";
  for (std::size_t i = 0; i < undecided; ++i) {
    JournalEntry entry = MadeEntry("GET", "/cut");
    entry.body_bytes = JournalEntry::kBodyKept + 1;
    entries.push_back(entry);
  }
  entries.push_back(MadeEntry("GET", "/no"));
  return SnapshotOf(std::move(entries), evicted);
}

constexpr std::uint64_t kMany = std::numeric_limits<std::uint64_t>::max();

struct Case {
  std::size_t sure = 0, undecided = 0;
  std::uint64_t evicted = 0;
  std::uint64_t at_least = 0, at_most = kMany;
  Verdict verdict = Verdict::kPass;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.sure << " sure, " << c.undecided << " cut, " << c.evicted << " evicted, wanted "
             << c.at_least << " to " << c.at_most;
}

class VerdictTable : public testing::TestWithParam<Case> {};

TEST_P(VerdictTable, IsAsTheEvidenceAllows) {
  const Case& c = GetParam();
  const Verification found = Verify(Calls(c.sure, c.undecided, c.evicted),
                                    MatchOf("body", "*wanted*"), {c.at_least, c.at_most});
  EXPECT_EQ(ToText(found.verdict), ToText(c.verdict));
  EXPECT_EQ(found.matched.size(), c.sure);
  EXPECT_EQ(found.undecided, c.undecided);
  EXPECT_EQ(found.evicted_through, c.evicted);
}

using enum Verdict;
INSTANTIATE_TEST_SUITE_P(AllEvidence, VerdictTable,
                         testing::Values(Case{0, 0, 0, 0, kMany, kPass},  //
                                         Case{0, 0, 0, 1, kMany, kFail},
                                         Case{1, 0, 0, 1, kMany, kPass},
                                         Case{2, 0, 0, 3, kMany, kFail},
                                         Case{2, 0, 0, 0, 2, kPass},                              //
                                         Case{3, 0, 0, 0, 2, kFail}, Case{2, 0, 0, 2, 2, kPass},  //
                                         Case{1, 0, 0, 2, 2, kFail}, Case{3, 0, 0, 2, 2, kFail},  //
                                         Case{0, 0, 0, 0, 0, kPass}, Case{1, 0, 0, 0, 0, kFail}));
INSTANTIATE_TEST_SUITE_P(
    CutBodies, VerdictTable,
    testing::Values(Case{1, 1, 0, 1, kMany, kPass}, Case{1, 1, 0, 2, kMany, kIncomplete},
                    Case{1, 1, 0, 3, kMany, kFail}, Case{1, 1, 0, 0, 1, kIncomplete},
                    Case{1, 1, 0, 0, 2, kPass}, Case{2, 1, 0, 0, 1, kFail},
                    Case{0, 1, 0, 0, 0, kIncomplete}, Case{1, 1, 0, 1, 1, kIncomplete}));
INSTANTIATE_TEST_SUITE_P(
    Evicted, VerdictTable,
    testing::Values(Case{1, 0, 5, 1, kMany, kPass}, Case{1, 0, 5, 2, kMany, kIncomplete},
                    Case{0, 0, 5, 0, 0, kIncomplete}, Case{1, 0, 5, 0, 0, kFail},
                    Case{1, 0, 5, 1, 1, kIncomplete}, Case{1, 0, 5, 0, 3, kIncomplete},
                    Case{1, 0, 5, 0, kMany, kPass}, Case{1, 1, 5, 2, kMany, kIncomplete}));

TEST(Verify, ListsTheMatchedOldestFirst) {
  const Verification found =
      Verify(SnapshotOf({MadeEntry("GET", "/a"), MadeEntry("GET", "/b"), MadeEntry("GET", "/a")}),
             MatchOf("path", "/a"), {});
  EXPECT_EQ(found.matched, (std::vector<std::uint64_t>{1, 3}));
}

TEST(Verify, CountsNothingUpToAfter) {
  const Journal::Snapshot snapshot =
      SnapshotOf({MadeEntry("GET", "/a"), MadeEntry("GET", "/a"), MadeEntry("GET", "/a")});
  EXPECT_EQ(Verify(snapshot, MatchOf("path", "/a", 2), {}).matched,
            (std::vector<std::uint64_t>{3}));
  EXPECT_TRUE(Verify(snapshot, MatchOf("path", "/a", 3), {}).matched.empty());
}

TEST(Verify, DoesNotMindEvictionsBeforeAfter) {
  const Journal::Snapshot snapshot = SnapshotOf({MadeEntry("GET", "/a")}, 5);
  EXPECT_EQ(Verify(snapshot, MatchOf("path", "/a", 5), {1, 1}).verdict, kPass);
  EXPECT_EQ(Verify(snapshot, MatchOf("path", "/a", 5), {1, 1}).evicted_through, 0U);
  EXPECT_EQ(Verify(snapshot, MatchOf("path", "/a", 4), {1, 1}).verdict, kIncomplete);
  EXPECT_EQ(Verify(snapshot, MatchOf("path", "/a", 5), {2, 2}).verdict, kFail);
}

TEST(Verify, ShowsTheClosestFewestDifferencesFirstThenNewest) {
  Match match;
  ASSERT_TRUE(match.Add("method", "POST"));
  ASSERT_TRUE(match.Add("path", "/wanted"));
  ASSERT_TRUE(match.Add("status", "201"));
  const Journal::Snapshot snapshot = SnapshotOf({
      MadeEntry("GET", "/other", 500),    // 1: three differences
      MadeEntry("POST", "/wanted", 200),  // 2: one
      MadeEntry("GET", "/wanted", 200),   // 3: two
      MadeEntry("POST", "/other", 201),   // 4: one
      MadeEntry("GET", "/other", 201),    // 5: two
  });
  const Verification found = Verify(snapshot, match, {.at_least = 1});
  ASSERT_EQ(found.verdict, kFail);
  ASSERT_EQ(found.closest.size(), 3U);
  EXPECT_EQ(found.closest[0].entry->id, 4U);
  EXPECT_EQ(found.closest[1].entry->id, 2U);
  EXPECT_EQ(found.closest[2].entry->id, 5U);
  ASSERT_EQ(found.closest[1].differences.size(), 1U);
  EXPECT_EQ(found.closest[1].differences[0].field, "status");
  EXPECT_EQ(found.closest[1].differences[0].expected, "201");
  EXPECT_EQ(found.closest[1].differences[0].actual, "200");
}

TEST(Verify, ShowsNothingCloseWhenAllIsWell) {
  EXPECT_TRUE(Verify(Calls(1, 0), MatchOf("path", "/yes"), {.at_least = 1}).closest.empty());
}

TEST(Verify, ShowsNothingCloseFromBeforeAfter) {
  EXPECT_TRUE(Verify(Calls(0, 0), MatchOf("path", "/yes", 1), {.at_least = 1}).closest.empty());
}

// The whole truth is a journal of which part is lost; a verdict on the rest must not contradict it.
TEST(Verify, NeverContradictsTheWholeTruth) {
  EXPECT_TRUE(rc::check("pass and fail hold in the whole journal too", [] {
    std::vector<JournalEntry> entries;
    for (const bool wanted : *rc::gen::container<std::vector<bool>>(rc::gen::arbitrary<bool>())) {
      entries.push_back(MadeEntry("GET", wanted ? "/a" : "/b"));
    }
    const auto lost = *rc::gen::inRange<std::size_t>(0, entries.size() + 1);
    const auto least = *rc::gen::inRange<std::uint64_t>(0, 5);
    const auto more = *rc::gen::element<std::uint64_t>(0, 1, 3, kMany - 5);
    const Match match = MatchOf("path", "/a", *rc::gen::inRange<std::uint64_t>(0, 6));
    Journal::Snapshot whole = SnapshotOf(entries);
    Journal::Snapshot rest = whole;
    rest.entries.erase(rest.entries.begin(),
                       rest.entries.begin() + static_cast<std::ptrdiff_t>(lost));
    rest.evicted_through = lost;
    const Verdict truth = Verify(whole, match, {least, least + more}).verdict;
    const Verdict verdict = Verify(rest, match, {least, least + more}).verdict;
    RC_ASSERT(truth != kIncomplete);
    RC_ASSERT(verdict == truth || verdict == kIncomplete);
    if (lost == 0) RC_ASSERT(verdict == truth);
  }));
}

}  // namespace
}  // namespace kondor
