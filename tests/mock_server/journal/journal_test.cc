#include "mock_server/journal/journal.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include "tests/mock_server/journal/made_entries.h"

namespace kondor {
namespace {

constexpr std::size_t kPlenty = std::size_t{1} << 24;

JournalEntry OfBody(std::size_t bytes) {
  JournalEntry entry;
  entry.body = std::string(bytes, 'x');
  return entry;
}

std::vector<std::uint64_t> IdsOf(const Journal& journal) {
  std::vector<std::uint64_t> ids;
  for (const auto& entry : journal.Read().entries) ids.push_back(entry->id);
  return ids;
}

TEST(Journal, CountsFromOneWithoutGaps) {
  Journal journal(kPlenty);
  EXPECT_EQ(journal.last_id(), 0U);
  for (std::uint64_t i = 1; i <= 5; ++i) EXPECT_EQ(journal.Append({}), i);
  EXPECT_EQ(IdsOf(journal), (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(journal.last_id(), 5U);
  EXPECT_EQ(journal.Read().evicted_through, 0U);
}

TEST(Journal, FindsWhatItKeepsAndNothingElse) {
  Journal journal(kPlenty);
  EXPECT_EQ(journal.Find(0), nullptr);
  EXPECT_EQ(journal.Find(1), nullptr);
  journal.Append(MadeEntry("GET", "/a"));
  journal.Append(MadeEntry("GET", "/b"));
  ASSERT_NE(journal.Find(2), nullptr);
  EXPECT_EQ(journal.Find(2)->path, "/b");
  EXPECT_EQ(journal.Find(0), nullptr);
  EXPECT_EQ(journal.Find(3), nullptr);
  EXPECT_EQ(journal.Find(UINT64_MAX), nullptr);
}

TEST(Journal, EvictsTheOldestAndRemembersThatItDid) {
  const std::size_t one = OfBody(1000).Bytes();
  Journal journal(3 * one);
  for (int i = 0; i < 3; ++i) journal.Append(OfBody(1000));
  EXPECT_EQ(journal.Read().evicted_through, 0U) << "exactly full is not too full";
  EXPECT_EQ(journal.bytes(), 3 * one);
  journal.Append(OfBody(1000));
  EXPECT_EQ(IdsOf(journal), (std::vector<std::uint64_t>{2, 3, 4}));
  EXPECT_EQ(journal.Read().evicted_through, 1U);
  EXPECT_EQ(journal.Find(1), nullptr);
  EXPECT_EQ(journal.Find(2)->id, 2U);
  EXPECT_EQ(journal.Find(4)->id, 4U);
}

TEST(Journal, EvictsAsManyAsALargeNewcomerNeeds) {
  Journal journal(10 * OfBody(1000).Bytes());
  for (int i = 0; i < 10; ++i) journal.Append(OfBody(1000));
  journal.Append(OfBody(5000));
  EXPECT_LE(journal.bytes(), 10 * OfBody(1000).Bytes());
  EXPECT_GT(journal.Read().evicted_through, 3U);
  EXPECT_EQ(IdsOf(journal).back(), 11U);
}

TEST(Journal, AlwaysKeepsTheNewest) {
  Journal journal(1);
  journal.Append(OfBody(100));
  journal.Append(OfBody(100));
  EXPECT_EQ(IdsOf(journal), (std::vector<std::uint64_t>{2}));
}

TEST(Journal, ClearForgetsAndGoesOnCounting) {
  Journal journal(1);
  journal.Append({});
  journal.Append({});
  ASSERT_EQ(journal.Read().evicted_through, 1U);
  journal.Clear();
  EXPECT_TRUE(journal.Read().entries.empty());
  EXPECT_EQ(journal.Read().evicted_through, 0U);
  EXPECT_EQ(journal.bytes(), 0U);
  EXPECT_EQ(journal.Find(2), nullptr);
  EXPECT_EQ(journal.last_id(), 2U);
  EXPECT_EQ(journal.Append({}), 3U);
  EXPECT_EQ(journal.Find(3)->id, 3U);
}

TEST(Journal, RestartForgetsAndCountsAnew) {
  Journal journal(1);
  journal.Append({});
  journal.Append({});
  journal.Restart();
  EXPECT_TRUE(journal.Read().entries.empty());
  EXPECT_EQ(journal.Read().evicted_through, 0U);
  EXPECT_EQ(journal.last_id(), 0U);
  EXPECT_EQ(journal.bytes(), 0U);
  EXPECT_EQ(journal.Append({}), 1U);
  EXPECT_EQ(journal.Find(1)->id, 1U);
}

TEST(Journal, ASnapshotStaysAsItWas) {
  Journal journal(kPlenty);
  journal.Append(MadeEntry("GET", "/a"));
  const Journal::Snapshot snapshot = journal.Read();
  journal.Append(MadeEntry("GET", "/b"));
  journal.Clear();
  ASSERT_EQ(snapshot.entries.size(), 1U);
  EXPECT_EQ(snapshot.entries[0]->path, "/a");
}

TEST(Journal, KeepsItsBooksWhateverComes) {
  EXPECT_TRUE(rc::check("bounded in bytes, the newest kept, no gaps", [] {
    const auto bytes_max = *rc::gen::inRange<std::size_t>(0, 40'000);
    Journal journal(bytes_max);
    std::uint64_t appended = 0;
    for (const auto bytes :
         *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 9'000))) {
      RC_ASSERT(journal.Append(OfBody(bytes)) == ++appended);
      const Journal::Snapshot snapshot = journal.Read();
      std::size_t held = 0;
      for (const auto& entry : snapshot.entries) held += entry->Bytes();
      RC_ASSERT(journal.bytes() == held);
      RC_ASSERT(held <= bytes_max || snapshot.entries.size() == 1);
      RC_ASSERT(snapshot.entries.back()->id == appended);
      RC_ASSERT(snapshot.entries.front()->id == snapshot.evicted_through + 1);
      RC_ASSERT(snapshot.entries.size() == appended - snapshot.evicted_through);
    }
  }));
}

TEST(Journal, GivesEveryThreadsEntryItsOwnId) {
  constexpr int kThreads = 4, kEach = 500;
  Journal journal(200 * OfBody(100).Bytes());
  std::vector<std::vector<std::uint64_t>> ids(kThreads);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : ids) {
      threads.emplace_back([&journal, &mine] {
        for (int i = 0; i < kEach; ++i) {
          mine.push_back(journal.Append(OfBody(100)));
          const Journal::EntryPtr found = journal.Find(mine.back());
          EXPECT_TRUE(found == nullptr || found->id == mine.back());
        }
      });
    }
    threads.emplace_back([&journal] {
      for (int i = 0; i < 200; ++i) {
        const Journal::Snapshot snapshot = journal.Read();
        for (std::size_t j = 1; j < snapshot.entries.size(); ++j) {
          ASSERT_EQ(snapshot.entries[j]->id, snapshot.entries[j - 1]->id + 1);
        }
      }
    });
  }
  std::set<std::uint64_t> all;
  for (const auto& mine : ids) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), std::size_t{kThreads * kEach});
  EXPECT_EQ(*all.rbegin(), std::uint64_t{kThreads * kEach});
  EXPECT_LE(journal.Read().entries.size(), 200U);
}

}  // namespace
}  // namespace kondor
