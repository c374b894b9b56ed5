// The ledger's own hash table against a map, with hashes made to collide.
#include "mock_server/ledger/index.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <vector>

namespace kondor::ledger {
namespace {

// Numbers are their own identity here; this says where each hashes to.
struct Hashes {
  const std::map<std::uint32_t, std::uint64_t>& of;
  std::uint64_t operator()(std::uint32_t number) const { return of.at(number); }
  void Prefetch(std::uint32_t) const {}
};

constexpr std::uint32_t kNowhere = UINT32_MAX;

std::uint32_t SlotOf(const Index& index, std::uint64_t hash, std::uint32_t number) {
  for (Index::Hit hit = index.First(hash); hit.number != 0; hit = index.Next(hash, hit)) {
    if (hit.number == number) return hit.slot;
  }
  return kNowhere;
}

TEST(Index, FindsWhatWasInsertedAndNothingElse) {
  EXPECT_TRUE(rc::check([] {
    // Few low bits and few tags: long runs, shared homes, equal hashes.
    const auto hash =
        rc::gen::map(rc::gen::pair(rc::gen::inRange(0U, 12U), rc::gen::inRange(0U, 3U)),
                     [](std::pair<std::uint32_t, std::uint32_t> parts) {
                       return std::uint64_t{parts.second} << 32 | parts.first;
                     });
    std::map<std::uint32_t, std::uint64_t> held;
    Index index;
    const auto steps = *rc::gen::container<std::vector<std::pair<bool, std::uint64_t>>>(
        200, rc::gen::pair(rc::gen::weightedElement<bool>({{3, true}, {2, false}}), hash));
    std::uint32_t next = 16;
    for (const auto& [insert, h] : steps) {
      if (insert || held.empty()) {
        index.Insert(h, next, Hashes{held});
        held.emplace(next, h);
        next += next % 7 == 0 ? 1000 : 1;
      } else {
        const auto victim = std::next(held.begin(), static_cast<long>(h % held.size()));
        index.Remove(SlotOf(index, victim->second, victim->first));
        held.erase(victim);
      }
      RC_ASSERT(index.size() == held.size());
      for (const auto& [number, its_hash] : held) {
        RC_ASSERT(SlotOf(index, its_hash, number) != kNowhere);
      }
      RC_ASSERT(SlotOf(index, h, next) == kNowhere);
    }
    std::size_t listed = 0;
    for (std::uint32_t slot = 0; slot < index.slots(); ++slot) listed += held.count(index.At(slot));
    RC_ASSERT(listed == held.size());
  }));
}

TEST(Index, ComingAndGoingDoesNotGrowIt) {
  Index index;
  std::map<std::uint32_t, std::uint64_t> held;
  for (std::uint32_t n = 0; n < 20'000; ++n) {
    const std::uint64_t hash = n * 0x9E3779B97F4A7C15ULL;
    const std::uint32_t number = 16 + n % 64;
    if (const auto old = held.find(number); old != held.end()) {
      index.Remove(SlotOf(index, old->second, number));
      held.erase(old);
    }
    index.Insert(hash, number, Hashes{held});
    held[number] = hash;
  }
  EXPECT_EQ(index.size(), 64U);
  EXPECT_LE(index.slots(), 128U);
}

}  // namespace
}  // namespace kondor::ledger
