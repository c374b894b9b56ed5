#include "mock_server/journal/explain.h"

#include <algorithm>

#include "mock_server/journal/ledger_words.h"

namespace kondor {
namespace {

using ledger::Dimension;
using ledger::Refusal;

constexpr Duration kLockout = std::chrono::seconds(60);  // K6

// Whether two calls meet in a counter of this dimension.
bool SameIdentity(const JournalEntry& a, const JournalEntry& b, Dimension dimension) {
  const bool same_ip = a.client.Identity() == b.client.Identity();
  const bool same_key = a.known_key == b.known_key;
  switch (dimension) {
    case Dimension::kIp:
      return same_ip;
    case Dimension::kKey:
      return same_key;
    case Dimension::kPair:
      return same_ip && same_key;
  }
  return false;
}

// Whether the call was charged to its counters of this dimension (KO3, KO8).
bool WasCharged(const JournalEntry& entry, Dimension dimension) {
  if (!entry.decision) return false;
  if (entry.decision->admitted()) return true;
  if (entry.reading.count_refused == ledger::CountRefused::kYes) return true;
  return entry.reading.charge == ledger::Charge::kInOrder && dimension == Dimension::kIp &&
         entry.decision->refusal->dimension == Dimension::kKey;
}

// How far back a call can still count: two windows cover every reading.
Duration Reach(const Refusal& refusal) {
  if (refusal.cause == ledger::Cause::kLockout) return kLockout;
  return 2 * (refusal.period == ledger::Period::kSecond ? std::chrono::seconds(1)
                                                        : std::chrono::seconds(60));
}

// What stood in the way: charged calls for a full window, refused ones for a lock-out.
bool StoodInTheWay(const JournalEntry& other, const JournalEntry& entry, const Refusal& refusal) {
  if (other.id == entry.id || other.at > entry.at || other.at <= entry.at - Reach(refusal)) {
    return false;
  }
  if (!SameIdentity(other, entry, refusal.dimension)) return false;
  if (refusal.cause == ledger::Cause::kLockout) return other.outcome == Outcome::kRateLimited;
  return WasCharged(other, refusal.dimension);
}

std::string Millis(Duration d) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(d).count();
  std::string text = std::to_string(micros / 1000);
  if (micros % 1000 != 0) {
    const std::string fraction = std::to_string(micros % 1000);
    text += "." + std::string(3 - fraction.size(), '0') + fraction;
  }
  return text + " ms";
}

std::string IdentityText(const JournalEntry& entry, Dimension dimension) {
  const std::string ip = "IP " + entry.client.ToText();
  const std::string key = "key " + entry.key;
  if (dimension == Dimension::kIp) return ip;
  if (dimension == Dimension::kKey) return key;
  return entry.known_key ? "the pair of " + ip + " and " + key : ip + " without a known key";
}

std::string Sentence(const JournalEntry& entry, const Refusal& refusal, Duration too_early) {
  const std::string early = "; the call came " + Millis(too_early) + " too early.";
  switch (refusal.cause) {
    case ledger::Cause::kLockout:
      return "After a breach, " + IdentityText(entry, refusal.dimension) +
             " is locked out for 60 seconds" + early;
    case ledger::Cause::kBooksFull:
      return "The books hold as many addresses as they may, and a fresh one without a known key is "
             "not let in" +
             early;
    case ledger::Cause::kWindow:
      break;
  }
  return "The limit of " + std::to_string(refusal.limit) + " per " +
         std::string(ToText(refusal.period)) + " for " + IdentityText(entry, refusal.dimension) +
         " was used up: " + std::to_string(refusal.used) + " counted, read as " +
         std::string(ToText(entry.reading.window)) + early;
}

std::vector<std::string> Rules(const Refusal& refusal) {
  if (refusal.cause == ledger::Cause::kLockout) return {"K5", "K6", "KO2"};
  if (refusal.cause == ledger::Cause::kBooksFull) return {"K5"};
  return {"K4", "K5", "KO1", refusal.dimension == Dimension::kPair ? "KO4" : "KO3"};
}

}  // namespace

Explanation Explain(const JournalEntry& entry, const Journal::Snapshot& snapshot) {
  const Refusal& refusal = *entry.decision->refusal;
  Explanation explanation;
  explanation.too_early = refusal.retry_at - entry.decision->at;
  for (const Journal::EntryPtr& other : snapshot.entries) {
    if (StoodInTheWay(*other, entry, refusal)) explanation.calls.push_back(other->id);
  }
  // The latest ones count; what lies further back has already left the window.
  if (refusal.cause == ledger::Cause::kWindow) {
    const std::size_t used = refusal.used;
    if (explanation.calls.size() > used) {
      explanation.calls.erase(explanation.calls.begin(),
                              explanation.calls.end() - static_cast<std::ptrdiff_t>(used));
    }
    explanation.calls_missing = static_cast<std::uint32_t>(used - explanation.calls.size());
  }
  explanation.rules = Rules(refusal);
  explanation.text = Sentence(entry, refusal, explanation.too_early);
  return explanation;
}

}  // namespace kondor
