// Explanations of random traffic under every window, held against the definitions.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "mock_server/journal/explain.h"
#include "tests/mock_server/journal/made_entries.h"

namespace kondor {
namespace {

using ledger::Dimension;

constexpr std::string_view kIps[] = {"203.0.113.1", "203.0.113.2", "2001:db8::1"};

void CallAtRandom(Traffic& traffic) {
  TimePoint now = FromUnixMicros(1'767'225'600'000'000);
  const auto gap = rc::gen::weightedOneOf<std::int64_t>(
      {{4, rc::gen::inRange<std::int64_t>(0, 1'500'000)},
       {2, rc::gen::just<std::int64_t>(0)},
       {1, rc::gen::element<std::int64_t>(999'999, 1'000'000, 3'000'000, 59'000'000)}});
  for (const std::int64_t micros : *rc::gen::container<std::vector<std::int64_t>>(gap)) {
    now += std::chrono::microseconds(micros);
    traffic.Call(now, kIps[*rc::gen::inRange(0, 3)], *rc::gen::inRange<std::uint32_t>(0, 3));
  }
}

void CheckShape(const JournalEntry& entry, const Explanation& why,
                const Journal::Snapshot& snapshot) {
  const ledger::Refusal& refusal = *entry.decision->refusal;
  RC_ASSERT(why.too_early == refusal.retry_at - entry.at);
  RC_ASSERT(why.too_early > Duration(0));
  std::uint64_t last = 0;
  for (const std::uint64_t id : why.calls) {
    RC_ASSERT(id > last);
    last = id;
    const JournalEntry& other = *snapshot.entries[id - 1];
    RC_ASSERT(id < entry.id);
    RC_ASSERT(other.at <= entry.at);
    if (refusal.dimension != Dimension::kKey) {
      RC_ASSERT(other.client.Identity() == entry.client.Identity());
    }
    if (refusal.dimension != Dimension::kIp) RC_ASSERT(other.known_key == entry.known_key);
  }
}

TEST(Explain, FindsEveryCallThatFilledTheCounterUnderEveryWindow) {
  using enum ledger::Window;
  for (const ledger::Window window :
       {kSlidingLog, kFixedFromFirst, kFixedAligned, kSlidingCounter, kTokenBucket, kGcra}) {
    EXPECT_TRUE(rc::check([window] {
      ledger::Reading reading{.window = window};
      reading.count_refused =
          *rc::gen::element(ledger::CountRefused::kNo, ledger::CountRefused::kYes);
      reading.scope = *rc::gen::element(ledger::Scope::kIndependent, ledger::Scope::kPair);
      reading.per_second = *rc::gen::element<std::uint32_t>(0, 1, 2);
      reading.per_minute = *rc::gen::element<std::uint32_t>(2, 5, 20);
      Traffic traffic(reading);
      CallAtRandom(traffic);
      const Journal::Snapshot snapshot = traffic.journal().Read();
      for (const Journal::EntryPtr& entry : snapshot.entries) {
        if (entry->decision->admitted()) continue;
        const Explanation why = Explain(*entry, snapshot);
        CheckShape(*entry, why, snapshot);
        RC_ASSERT(why.calls_missing == 0U);
        RC_ASSERT(why.calls.size() == entry->decision->refusal->used);
      }
    })) << static_cast<int>(window);
  }
}

TEST(Explain, NamesTheCallsOfASlidingLogAndNoOther) {
  EXPECT_TRUE(rc::check("exactly the admitted calls in (t - W, t]", [] {
    const auto scope = *rc::gen::element(ledger::Scope::kIndependent, ledger::Scope::kPair);
    const auto per_minute = *rc::gen::element<std::uint32_t>(2, 5);
    Traffic traffic({.scope = scope, .per_second = 1, .per_minute = per_minute});
    CallAtRandom(traffic);
    const Journal::Snapshot snapshot = traffic.journal().Read();
    for (const Journal::EntryPtr& entry : snapshot.entries) {
      if (entry->decision->admitted()) continue;
      const ledger::Refusal& refusal = *entry->decision->refusal;
      const Duration length =
          std::chrono::seconds(refusal.period == ledger::Period::kSecond ? 1 : 60);
      std::vector<std::uint64_t> expected;
      for (const Journal::EntryPtr& other : snapshot.entries) {
        const bool same_ip = other->client.Identity() == entry->client.Identity();
        const bool same_key = other->known_key == entry->known_key;
        const bool same = scope == ledger::Scope::kPair         ? same_ip && same_key
                          : refusal.dimension == Dimension::kIp ? same_ip
                                                                : same_key;
        if (same && other->id < entry->id && other->decision->admitted() &&
            other->at > entry->at - length) {
          expected.push_back(other->id);
        }
      }
      RC_ASSERT(Explain(*entry, snapshot).calls == expected);
    }
  }));
}

}  // namespace
}  // namespace kondor
