// Refusals of random traffic, explained from the journal alone and held against the definitions
// (Q7, G6, G7, QO2, QO3).
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <vector>

#include "mock_server/journal/explain.h"
#include "mock_server/qondor/gateway/meters.h"
#include "tests/mock_server/journal/made_entries.h"
#include "tests/mock_server/new_year.h"

namespace kondor::qondor {
namespace {

using ledger::CountRefused;
using ledger::Period;

JournalEntry EntryOf(std::uint32_t subscription, TimePoint now, Meters& meters) {
  const QondorLimits& limits = meters.limits();
  JournalEntry entry;
  entry.surface = Surface::kQondor;
  entry.known_key = ledger::KeyIdentity{subscription};
  entry.subscription = "s" + std::to_string(subscription);
  entry.reading.window = limits.window == RateWindow::kSliding ? ledger::Window::kSlidingLog
                                                               : ledger::Window::kTokenBucket;
  entry.reading.count_refused = limits.count_refused;
  entry.decision = meters.Decide(subscription, now, kMorning);
  entry.at = entry.decision->at;
  entry.outcome = entry.decision->admitted() ? Outcome::kOk : Outcome::kRateLimited;
  return entry;
}

// Kondado's calls in the same journal, from the same machine and with an equal serial, are of no
// account; neither are events.
void AddOthers(Journal& journal, std::uint32_t serial, TimePoint now) {
  JournalEntry other;
  other.surface = Surface::kK2;
  other.known_key = ledger::KeyIdentity{serial};
  other.at = now;
  other.decision = ledger::Decision{now, {}};
  journal.Append(other);
  journal.Append(MakeEvent(now, Surface::kDirectory, "key_regenerated", "/x", "{}"));
}

TEST(QondorRefusal, IsExplainedByTheCallsThatFilledItsCounter) {
  EXPECT_TRUE(rc::check([] {
    QondorLimits limits;
    limits.window = *rc::gen::element(RateWindow::kSliding, RateWindow::kTokenBucket);
    limits.count_refused = *rc::gen::element(CountRefused::kNo, CountRefused::kYes);
    limits.per_second = *rc::gen::element<std::uint32_t>(0, 1, 2, 3);
    limits.per_day = *rc::gen::element<std::uint32_t>(1, 4, 9);
    Meters meters(limits);
    Journal journal(1 << 24);
    TimePoint now = kMorning;
    const int calls = *rc::gen::inRange(1, 40);
    for (int i = 0; i < calls; ++i) {
      now += *rc::gen::element<Duration>(Duration(0), std::chrono::milliseconds(130),
                                         std::chrono::milliseconds(700), std::chrono::seconds(1),
                                         std::chrono::hours(9));
      const auto subscription = *rc::gen::inRange<std::uint32_t>(0, 2);
      journal.Append(EntryOf(subscription, now, meters));
      AddOthers(journal, subscription, now);
    }
    const Journal::Snapshot snapshot = journal.Read();
    for (const Journal::EntryPtr& entry : snapshot.entries) {
      if (!entry->decision || entry->decision->admitted()) continue;
      const ledger::Refusal& refusal = *entry->decision->refusal;
      const Explanation why = Explain(*entry, snapshot);
      RC_ASSERT(why.too_early == refusal.retry_at - entry->at);
      RC_ASSERT(why.calls_missing == 0U);
      RC_ASSERT(why.calls.size() == refusal.used);
      const Duration length = refusal.period == Period::kDay ? Duration(std::chrono::hours(24))
                                                             : Duration(std::chrono::seconds(1));
      for (const std::uint64_t id : why.calls) {
        const JournalEntry& other = *snapshot.entries[id - 1];
        RC_ASSERT(id < entry->id);
        RC_ASSERT(other.surface == Surface::kQondor);
        RC_ASSERT(other.known_key == entry->known_key);
        const bool bucket = limits.window == RateWindow::kTokenBucket;
        if (!bucket || refusal.period == Period::kDay) RC_ASSERT(other.at > entry->at - length);
      }
    }
  }));
}

}  // namespace
}  // namespace kondor::qondor
