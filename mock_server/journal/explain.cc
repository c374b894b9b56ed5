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

// The refused calls that set the lock, oldest first. None: this very call is the breach.
void FindLocking(const JournalEntry& entry, const Journal::Snapshot& snapshot,
                 Explanation& explanation) {
  const Refusal& refusal = *entry.decision->refusal;
  const TimePoint locked_at = refusal.retry_at - kLockout;
  const bool first_only = entry.reading.lockout == ledger::Lockout::kFromBreach;
  for (const Journal::EntryPtr& other : snapshot.entries) {
    if (other->outcome != Outcome::kRateLimited || other->at <= entry.at - kLockout ||
        !MetEarlier(*other, entry, refusal.dimension)) {
      continue;
    }
    if (first_only && other->at != locked_at) continue;
    explanation.calls.push_back(other->id);
    if (first_only) return;
  }
  if (first_only && locked_at < entry.decision->at) explanation.calls_missing = 1;
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

std::string UsedUp(const JournalEntry& entry, const Refusal& refusal) {
  const bool by_itself = HadRoom(entry);
  return "The limit of " + std::to_string(refusal.limit) + " per " +
         std::string(ToText(refusal.period)) + " for " + IdentityText(entry, refusal.dimension) +
         (by_itself ? " is used up by this refused call itself, which counts: "
                    : " was used up: ") +
         std::to_string(refusal.used) + (by_itself ? " counted before it" : " counted") +
         (refusal.period == ledger::Period::kDay
              ? ", in fixed periods of 24 hours from the subscription's start"
              : ", read as " + std::string(ToText(entry.reading.window)));
}

// Qondor's rate answers first, also when the day's quota holds the call back longer.
bool QuotaHoldsLonger(const JournalEntry& entry, const Refusal& refusal) {
  return refusal.dimension == Dimension::kSubscription &&
         refusal.period == ledger::Period::kSecond &&
         refusal.retry_at > entry.decision->at + LengthOf(ledger::Period::kSecond);
}

std::string Sentence(const JournalEntry& entry, const Refusal& refusal,
                     const Explanation& explanation, bool is_breach) {
  const std::string early =
      (QuotaHoldsLonger(entry, refusal) ? "; the day's quota is used up as well" : "") +
      std::string("; the call came ") + Millis(explanation.too_early) + " too early.";
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

std::vector<std::string> Rules(const Refusal& refusal) {
  if (refusal.cause == ledger::Cause::kLockout) return {"K5", "K6", "KO2"};
  if (refusal.cause == ledger::Cause::kBooksFull) return {"K5"};
  if (refusal.period == ledger::Period::kDay) return {"Q7", "G7", "QO1", "QO3"};
  if (refusal.dimension == Dimension::kSubscription) return {"Q7", "G6", "QO2", "QO3"};
  return {"K4", "K5", "KO1", refusal.dimension == Dimension::kPair ? "KO4" : "KO3"};
}

}  // namespace

Explanation Explain(const JournalEntry& entry, const Journal::Snapshot& snapshot) {
  const Refusal& refusal = *entry.decision->refusal;
  Explanation explanation;
  explanation.too_early = refusal.retry_at - entry.decision->at;
  if (refusal.cause == ledger::Cause::kLockout) FindLocking(entry, snapshot, explanation);
  const bool is_breach = refusal.cause == ledger::Cause::kLockout && explanation.calls.empty() &&
                         explanation.calls_missing == 0;
  if (refusal.cause == ledger::Cause::kWindow || is_breach) {
    FindFilling(entry, snapshot, explanation);
  }
  explanation.rules = Rules(refusal);
  explanation.text = Sentence(entry, refusal, explanation, is_breach);
  return explanation;
}

}  // namespace kondor
