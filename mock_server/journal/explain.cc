#include "mock_server/journal/explain.h"

#include <algorithm>
#include <utility>

#include "mock_server/journal/ledger_words.h"
#include "mock_server/journal/reason.h"

namespace kondor {
namespace {

using ledger::Dimension;
using ledger::Refusal;

constexpr Duration kLockout = std::chrono::seconds(60);  // K6

// Whether two calls meet in a counter of this dimension.
bool SameIdentity(const JournalEntry& a, const JournalEntry& b, Dimension dimension) {
  if (VendorOf(a.surface) != VendorOf(b.surface)) return false;  // each vendor has its own books
  const bool same_ip = a.client.Identity() == b.client.Identity();
  const bool same_key = a.known_key == b.known_key;
  // KO4: a call that has a pair does not count under its address.
  const auto has_pair = [](const JournalEntry& entry) {
    return entry.reading.scope == ledger::Scope::kPair && entry.known_key.has_value();
  };
  switch (dimension) {
    case Dimension::kIp:
      return same_ip && !has_pair(a) && !has_pair(b);
    case Dimension::kKey:
      return same_key;
    case Dimension::kPair:
      return same_ip && same_key;
    case Dimension::kSubscription:
      return same_key;
  }
  return false;
}

// How long the refusal's window is.
Duration LengthOf(ledger::Period period) {
  switch (period) {
    case ledger::Period::kSecond:
      return std::chrono::seconds(1);
    case ledger::Period::kMinute:
      return std::chrono::minutes(1);
    case ledger::Period::kDay:
      return std::chrono::hours(24);
  }
  return {};
}

bool KeepsRefusedOut(ledger::Window window) {  // KO3 says nothing to these two
  return window == ledger::Window::kTokenBucket || window == ledger::Window::kGcra;
}

// Whether the counter named would have admitted the call, had it been alone: then it holds back
// only because this refused call was charged to it as well (KO3, KO8), and something else refused.
bool HadRoom(const JournalEntry& entry) {
  const Refusal& refusal = *entry.decision->refusal;
  return refusal.used < (entry.reading.window == ledger::Window::kGcra ? 1 : refusal.limit);
}

// Whether the call was charged to its counters of this dimension (KO3, KO8).
bool WasCharged(const JournalEntry& entry, Dimension dimension, ledger::Period period) {
  if (!entry.decision) return false;
  if (entry.decision->admitted()) return true;
  const ledger::Reading& reading = entry.reading;
  // The day quota (G7) is a plain count, whatever window the rate has.
  const bool keeps_out = period != ledger::Period::kDay && KeepsRefusedOut(reading.window);
  if (reading.count_refused == ledger::CountRefused::kYes && !keeps_out) return true;
  if (reading.charge != ledger::Charge::kInOrder || dimension != Dimension::kIp) return false;
  // The address pays first, and then the key may refuse. The refusal names whichever of the two
  // holds back longer; if that is the address, it had room before it paid.
  const Refusal& refusal = *entry.decision->refusal;
  if (refusal.dimension != Dimension::kIp) return refusal.dimension == Dimension::kKey;
  if (refusal.cause != ledger::Cause::kWindow) return false;
  return HadRoom(entry);
}

bool MetEarlier(const JournalEntry& other, const JournalEntry& entry, Dimension dimension) {
  if (other.at > entry.at || (other.at == entry.at && other.id >= entry.id)) return false;
  return SameIdentity(other, entry, dimension);
}

// The charged calls that the counter held, oldest first.
void FindFilling(const JournalEntry& entry, const Journal::Snapshot& snapshot,
                 Explanation& explanation) {
  const Refusal& refusal = *entry.decision->refusal;
  // How far back a call can still count: two windows cover every reading.
  const Duration reach = 2 * LengthOf(refusal.period);
  std::vector<std::uint64_t>& calls = explanation.calls;
  for (const Journal::EntryPtr& other : snapshot.entries) {
    if (other->at > entry.at - reach && MetEarlier(*other, entry, refusal.dimension) &&
        WasCharged(*other, refusal.dimension, refusal.period)) {
      calls.push_back(other->id);
    }
  }
  // The latest ones count; what lies further back has already left the window.
  const std::size_t used = refusal.used;
  if (calls.size() > used) {
    calls.erase(calls.begin(), calls.end() - static_cast<std::ptrdiff_t>(used));
  }
  explanation.calls_missing = static_cast<std::uint32_t>(used - calls.size());
}

bool MayHaveLocked(const JournalEntry& other, const JournalEntry& entry) {
  return other.outcome == Outcome::kRateLimited && other.at > entry.at - kLockout &&
         MetEarlier(other, entry, entry.decision->refusal->dimension);
}

TimePoint LockedAt(const JournalEntry& entry) {
  return entry.decision->refusal->retry_at - kLockout;
}

// Whether this very call began the lock-out that it tells of: no earlier one did.
bool IsBreach(const JournalEntry& entry, const Journal::Snapshot& snapshot) {
  if (entry.decision->refusal->cause != ledger::Cause::kLockout) return false;
  const bool first_only = entry.reading.lockout == ledger::Lockout::kFromBreach;
  if (first_only && LockedAt(entry) < entry.decision->at) return false;
  const TimePoint since = first_only ? entry.at : entry.at - kLockout + Duration(1);
  // Ids rise, and so do instants: what is looked for stands shortly before the entry.
  const auto& entries = snapshot.entries;
  auto other = std::upper_bound(
      entries.begin(), entries.end(), entry.id,
      [](std::uint64_t id, const Journal::EntryPtr& kept) { return id < kept->id; });
  while (other != entries.begin() && (*--other)->at >= since) {
    if (MayHaveLocked(**other, entry)) return false;
  }
  return true;
}

// The refused calls that set the lock, oldest first. REQUIRES: !IsBreach(entry, snapshot).
void FindLocking(const JournalEntry& entry, const Journal::Snapshot& snapshot,
                 Explanation& explanation) {
  const bool first_only = entry.reading.lockout == ledger::Lockout::kFromBreach;
  for (const Journal::EntryPtr& other : snapshot.entries) {
    if (!MayHaveLocked(*other, entry)) continue;
    if (first_only && other->at != LockedAt(entry)) continue;
    explanation.calls.push_back(other->id);
    if (first_only) return;
  }
  if (first_only) explanation.calls_missing = 1;
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
  if (dimension == Dimension::kSubscription) return "subscription " + entry.subscription;
  std::string ip = "IP " + entry.client.ToText();
  std::string key = "key " + entry.key;
  if (dimension == Dimension::kIp) return ip;
  if (dimension == Dimension::kKey) return key;
  return entry.known_key ? "the pair of " + ip + " and " + key : ip + " without a known key";
}

// Where refused calls count (KO3, QO3) more may have been counted than `used` says: no counter
// tells of more than its limit.
bool MayHaveCountedMore(const JournalEntry& entry, const Refusal& refusal) {
  const bool keeps_out =
      refusal.period != ledger::Period::kDay && KeepsRefusedOut(entry.reading.window);
  return entry.reading.count_refused == ledger::CountRefused::kYes && !keeps_out &&
         refusal.used == refusal.limit;
}

std::string UsedUp(const JournalEntry& entry, const Refusal& refusal) {
  const bool by_itself = HadRoom(entry);
  return "The limit of " + std::to_string(refusal.limit) + " per " +
         std::string(ToText(refusal.period)) + " for " + IdentityText(entry, refusal.dimension) +
         (by_itself ? " is used up by this refused call itself, which counts: "
                    : " was used up: ") +
         (MayHaveCountedMore(entry, refusal) ? "at least " : "") + std::to_string(refusal.used) +
         (by_itself ? " counted before it" : " counted") +
         (refusal.period == ledger::Period::kDay
              ? ", in fixed periods of 24 hours from the subscription's start"
              : ", read as " + std::string(ReadingWord(entry)));
}

// Qondor's rate answers first, also when the day's quota holds the call back longer.
bool QuotaHoldsLonger(const JournalEntry& entry, const Refusal& refusal) {
  return refusal.dimension == Dimension::kSubscription &&
         refusal.period == ledger::Period::kSecond &&
         refusal.retry_at > entry.decision->at + LengthOf(ledger::Period::kSecond);
}

std::string Sentence(const JournalEntry& entry, const Refusal& refusal, Duration too_early,
                     bool is_breach) {
  const std::string early =
      (QuotaHoldsLonger(entry, refusal) ? "; the day's quota is used up as well" : "") +
      std::string("; the call came ") + Millis(too_early) + " too early.";
  switch (refusal.cause) {
    case ledger::Cause::kLockout:
      if (is_breach)
        return UsedUp(entry, refusal) + ", and that locks it out for 60 seconds" + early;
      return "After a breach, " + IdentityText(entry, refusal.dimension) +
             " is locked out for 60 seconds" + early;
    case ledger::Cause::kBooksFull:
      return "The books hold as many addresses as they may, and a fresh one without a known key is "
             "not let in" +
             early;
    case ledger::Cause::kWindow:
      break;
  }
  return UsedUp(entry, refusal) + early;
}

std::vector<std::string_view> RulesOf(const Refusal& refusal) {
  if (refusal.cause == ledger::Cause::kLockout) return {"K5", "K6", "KO2"};
  if (refusal.cause == ledger::Cause::kBooksFull) return {"K5"};
  if (refusal.period == ledger::Period::kDay) return {"Q7", "G7", "QO1", "QO3"};
  if (refusal.dimension == Dimension::kSubscription) return {"Q7", "G6", "QO2", "QO3"};
  return {"K4", "K5", "KO1", refusal.dimension == Dimension::kPair ? "KO4" : "KO3"};
}

Explanation ExplainByCode(const JournalEntry& entry) {
  Reason reason = VendorOf(entry.surface) == "qondor" ? QondorReason(entry) : KondadoReason(entry);
  Explanation explanation;
  explanation.rules = std::move(reason.rules);
  explanation.text = std::move(reason.text);
  return explanation;
}

}  // namespace

bool IsRefusedByBooks(const JournalEntry& entry) {
  return entry.decision && !entry.decision->admitted();
}

Explanation Explain(const JournalEntry& entry, const Journal::Snapshot& snapshot) {
  Explanation explanation = ExplainBriefly(entry, snapshot);
  if (!IsRefusedByBooks(entry)) return explanation;
  const ledger::Cause cause = entry.decision->refusal->cause;
  if (cause == ledger::Cause::kWindow || IsBreach(entry, snapshot)) {
    FindFilling(entry, snapshot, explanation);
  } else if (cause == ledger::Cause::kLockout) {
    FindLocking(entry, snapshot, explanation);
  }
  return explanation;
}

Explanation ExplainBriefly(const JournalEntry& entry, const Journal::Snapshot& snapshot) {
  if (!IsRefusedByBooks(entry)) return ExplainByCode(entry);
  const Refusal& refusal = *entry.decision->refusal;
  Explanation explanation;
  explanation.too_early = refusal.retry_at - entry.decision->at;
  explanation.rules = RulesOf(refusal);
  explanation.text = Sentence(entry, refusal, explanation.too_early, IsBreach(entry, snapshot));
  return explanation;
}

std::string_view ReadingWord(const JournalEntry& entry) {
  if (entry.decision->refusal->period == ledger::Period::kDay) return "fixed_from_start";
  const bool sliding = entry.reading.window == ledger::Window::kSlidingLog;
  return sliding && VendorOf(entry.surface) == "qondor" ? "sliding" : ToText(entry.reading.window);
}

}  // namespace kondor
