// The books for one type of counters: finds the records of a call, judges it, keeps to the bound.
// Thread-safe. Locks are taken in this order: the search for room, the shelves by address, the
// records by address, and inside those the ration's and the store's own.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "mock_server/ledger/books.h"
#include "mock_server/ledger/judge.h"
#include "mock_server/ledger/ration.h"
#include "mock_server/ledger/shelf.h"

namespace kondor::ledger {

template <class Counters>
class BooksOf final : public Books {
 public:
  BooksOf(const Reading& reading, const LedgerOptions& options)
      : reading_(reading),
        quotas_(reading.per_second, reading.per_minute),
        // Differs from run to run with the address, and is no source of anything but placement.
        seed_(reinterpret_cast<std::uintptr_t>(this) * 0x9E3779B97F4A7C15ULL | 1),
        ration_(options.anonymous_identities_max) {}

  Decision Decide(Micros now, const Party& party) override {
    Decision decision{FromUnixMicros(now), {}};
    if (!quotas_.any()) return decision;
    if (TryDecide(now, party, &decision)) [[likely]] {
      return decision;
    }
    // A newcomer without a place: look for idle records, and look again if there were any.
    const Micros room_at = MakeRoom(now, party.first);
    if (room_at <= now && TryDecide(now, party, &decision)) return decision;
    decision.refusal = BooksFull(party.first, std::max(room_at, now + 1));
    return decision;
  }

  std::vector<CounterView> Inspect(TimePoint now,
                                   const std::vector<Identity>& identities) const override {
    std::vector<Entry> copies;
    Micros at = ToUnixMicros(now);
    for (const Identity& identity : identities) {
      copies.push_back(CopyOf(identity, at));
      at = std::max(at, copies.back().seen);
    }
    std::vector<CounterView> views;
    for (Entry& copy : copies) {
      copy.Advance(quotas_, at);
      for (const Period period : {Period::kSecond, Period::kMinute}) {
        if (quotas_.of(period).on()) views.push_back(View(copy, period, now));
      }
    }
    return views;
  }

  std::size_t identities() const override {
    std::size_t sum = 0;
    for (const auto& shelf : shelves_) {
      SpinLockHold hold(shelf.lock);
      sum += shelf.index().size();
    }
    return sum;
  }

  std::size_t bytes() const override {
    std::size_t sum = sizeof(*this) + store_.bytes() + ration_.bytes();
    for (const auto& shelf : shelves_) {
      SpinLockHold hold(shelf.lock);
      sum += shelf.index().bytes();
      if constexpr (!std::is_trivially_destructible_v<Entry>) {
        shelf.ForEach(store_, [&](const Entry& entry) { sum += entry.counters.heap_bytes(); });
      }
    }
    return sum;
  }

 private:
  using Entry = Record<Counters>;
  using Part = Shelf<Counters>;

  static constexpr std::size_t kShelves = 2;  // more only helps those who enter at once
  // How long a record must have been idle before it is forgotten in passing: instants that run
  // backwards by less than this still find every record that they would have found.
  static constexpr Micros kGrace = 1'000'000;
  // What one insertion sweeps: more than the one record it adds, so that idle ones never pile up.
  static constexpr typename Part::Budget kInPassing{8, 4};
  // What a newcomer without a place may look through.
  static constexpr typename Part::Budget kForRoom{128, 16};

  Part& ShelfOf(std::uint64_t hash) const { return shelves_[hash >> 63]; }

  // Where the identities of one call belong.
  struct Places {
    std::uint64_t hash_1;
    std::uint64_t hash_2;
    Part& shelf_1;
    Part& shelf_2;
    bool two;
  };

  // The attributes below keep the usual way in one piece and the rare one out of it, which g++ does
  // not guess; without them a decision takes a seventh longer.

  // False: the party's first identity is a newcomer who needs a place, and there is none.
  [[gnu::always_inline]] bool TryDecide(Micros now, const Party& party, Decision* decision) {
    const bool two = party.second.kind != Identity::Kind::kNone;
    const std::uint64_t hash_1 = party.first.Hash(seed_);
    const std::uint64_t hash_2 = two ? party.second.Hash(seed_) : hash_1;
    const Places places{hash_1, hash_2, ShelfOf(hash_1), ShelfOf(hash_2), two};
    return DecideKnown(now, party, places, decision) || DecideFresh(now, party, places, decision);
  }

  // The way nearly every call goes: its records are there. Only they are locked, so calls of
  // different identities have nothing to pass to each other. False: somebody is, or seems, new.
  [[gnu::always_inline]] bool DecideKnown(Micros now, const Party& party, const Places& places,
                                          Decision* decision) {
    // With a million identities nearly every access below misses the caches: all are asked for
    // before any is waited for.
    if (places.two) places.shelf_2.index().Prefetch(places.hash_2);
    const Index::Hit hit_1 = places.shelf_1.index().First(places.hash_1);
    Prefetch(hit_1);
    const Index::Hit hit_2 =
        places.two ? places.shelf_2.index().First(places.hash_2) : Index::Hit{};
    Prefetch(hit_2);
    Entry* first = places.shelf_1.Confirm(store_, party.first, places.hash_1, hit_1);
    if (first == nullptr) return false;
    Entry* second = nullptr;
    if (places.two) {
      second = places.shelf_2.Confirm(store_, party.second, places.hash_2, hit_2);
      if (second == nullptr) return false;
    }
    TwoLocksHold hold(first->guard, second != nullptr ? second->guard : first->guard);
    // Between the look and the lock a record may have been forgotten and become somebody else's.
    if (!first->Is(party.first)) return false;
    if (second != nullptr && !second->Is(party.second)) return false;
    Book(now, first, second, decision);
    return true;
  }

  [[gnu::noinline]] bool DecideFresh(Micros now, const Party& party, const Places& places,
                                     Decision* decision) {
    Part& shelf_1 = places.shelf_1;
    Part& shelf_2 = places.shelf_2;
    TwoLocksHold shelves(shelf_1.lock, shelf_2.lock);
    shelf_1.lock.AssertHeld();
    shelf_2.lock.AssertHeld();
    Entry* first = shelf_1.Find(store_, party.first, places.hash_1);
    Entry* second = places.two ? shelf_2.Find(store_, party.second, places.hash_2) : nullptr;

    std::uint32_t fresh_1 = 0;  // the number of a record that becomes the identity's
    std::uint32_t fresh_2 = 0;
    // Whether a key's fresh address comes by right is known when the call has been judged.
    const Place place_1 = places.two ? Place::kByRight : Place::kRationed;
    if (first == nullptr) {
      if (place_1 == Place::kRationed && !ration_.Take(party.first)) return false;
      fresh_1 = shelf_1.Reserve(store_);
      first = store_.At(fresh_1);
    }
    if (places.two && second == nullptr) {
      fresh_2 = shelf_2.Reserve(store_);
      second = store_.At(fresh_2);
    }
    // Held before anybody can find them: the first call of a fresh identity is this one.
    TwoLocksHold records(first->guard, second != nullptr ? second->guard : first->guard);
    if (fresh_1 != 0) {
      shelf_1.Enter(store_, fresh_1, party.first, places.hash_1, seed_, now, place_1);
    }
    if (fresh_2 != 0) {
      shelf_2.Enter(store_, fresh_2, party.second, places.hash_2, seed_, now, Place::kByRight);
    }
    const Micros at = Book(now, first, second, decision);
    if (places.two && fresh_1 != 0 && !decision->admitted()) {
      LeaveToTheRation(shelf_1, first, places.hash_1);
    }
    if (fresh_1 != 0) SweepInPassing(shelf_1, at);
    if (fresh_2 != 0) SweepInPassing(shelf_2, at);
    return true;
  }

  // Returns the instant the call is booked at. REQUIRES: the records are held; `second` may be
  // null.
  [[gnu::always_inline]] Micros Book(Micros now, Entry* first, Entry* second, Decision* decision) {
    const Micros at = std::max({now, first->seen, second != nullptr ? second->seen : now});
    first->Advance(quotas_, at);
    if (second != nullptr) second->Advance(quotas_, at);
    decision->at = FromUnixMicros(at);
    decision->refusal = Judge<Counters>(reading_, quotas_, first, second);
    // The address of an admitted call with a known key has a place by right.
    if (second != nullptr && first->place == Place::kRationed && decision->admitted()) {
      ration_.Give(first->identity());
      first->place = Place::kByRight;
    }
    return at;
  }

  void Prefetch(Index::Hit hit) const {
    if (hit.number == 0) return;
    const char* record = reinterpret_cast<const char*>(store_.At(hit.number));
    for (std::size_t line = 0; line < sizeof(Entry); line += 64) {
      __builtin_prefetch(record + line, 1);
    }
  }

  // A fresh address whose call with a known key was refused has no right to a place.
  void LeaveToTheRation(Part& shelf, Entry* address, std::uint64_t hash)
      KONDOR_REQUIRES(shelf.lock) {
    if (ration_.Take(address->identity())) {
      address->place = Place::kRationed;
    } else {
      shelf.Withdraw(store_, address, hash);
    }
  }

  void SweepInPassing(Part& shelf, Micros at) KONDOR_REQUIRES(shelf.lock) {
    shelf.SweepOn(store_, quotas_, at - kGrace, kInPassing,
                  [&](const Entry& entry) { GiveBackPlaceOf(entry); });
  }

  void GiveBackPlaceOf(const Entry& entry) {
    if (entry.place == Place::kRationed) ration_.Give(entry.identity());
  }

  static bool HoldsPlaceOf(const Entry& entry, const Identity& newcomer) {
    return entry.place == Place::kRationed && Ration::Shared(entry.identity(), newcomer);
  }

  // Looks through a bounded number of records for idle ones. Returns `now` if some were forgotten,
  // else when the first of those that the next such search will look through becomes idle and its
  // place can be had: so the very call that is turned away now is admitted then, and no earlier,
  // if nobody else calls.
  Micros MakeRoom(Micros now, const Identity& newcomer) {
    MutexLock lock(room_mutex_);
    bool found = false;
    room_ = Search(room_, [&](Part& shelf, std::uint32_t from, auto& budget) {
      SpinLockHold hold(shelf.lock);
      return shelf.Sweep(store_, quotas_, now, from, budget, [&](const Entry& entry) {
        found |= HoldsPlaceOf(entry, newcomer);
        GiveBackPlaceOf(entry);
      });
    });
    if (found) return now;

    Micros earliest = INT64_MAX;
    Search(room_, [&](const Part& shelf, std::uint32_t from, auto& budget) {
      SpinLockHold hold(shelf.lock);
      return shelf.Peek(store_, from, budget, [&](const Entry& entry) {
        if (HoldsPlaceOf(entry, newcomer)) earliest = std::min(earliest, entry.IdleAt(quotas_));
      });
    });
    // None of the newcomer's kind among them, so nothing is known: a minute on, most are idle.
    return earliest == INT64_MAX ? now + Lock::kLength : earliest;
  }

  // Where a search for room stands: it goes through the shelves one after the other.
  struct Position {
    std::size_t shelf = 0;
    std::uint32_t slot = 0;
  };

  // `look(shelf, from, budget)` returns the slot to go on from, 0 when the shelf ended.
  template <class Look>
  Position Search(Position at, const Look& look) const {
    typename Part::Budget budget = kForRoom;
    // One more than there are, for the first one's slots before the start.
    for (std::size_t n = 0; n <= kShelves && budget.left(); ++n) {
      at.slot = look(shelves_[at.shelf], at.slot, budget);
      if (at.slot == 0) at.shelf = (at.shelf + 1) % kShelves;
    }
    return at;
  }

  Refusal BooksFull(const Identity& newcomer, Micros room_at) const {
    const Period period = quotas_.second.on() ? Period::kSecond : Period::kMinute;
    return {Cause::kBooksFull,      newcomer.dimension(), period, quotas_.of(period).limit, 0,
            FromUnixMicros(room_at)};
  }

  Entry CopyOf(const Identity& identity, Micros now) const {
    const std::uint64_t hash = identity.Hash(seed_);
    Part& shelf = ShelfOf(hash);
    SpinLockHold hold(shelf.lock);
    if (const Entry* held = shelf.Find(store_, identity, hash)) {
      SpinLockHold record(held->guard);
      return *held;
    }
    Entry fresh;
    fresh.Open(identity, now, Place::kByRight);
    return fresh;
  }

  CounterView View(const Entry& entry, Period period, TimePoint now) const {
    const Micros next = std::max(entry.counters.NextAdmitted(quotas_, period, entry.seen),
                                 entry.lock.Until(entry.seen));
    CounterView view{entry.identity().dimension(),
                     period,
                     quotas_.of(period).limit,
                     entry.counters.Used(quotas_, period, entry.seen),
                     next == entry.seen ? now : FromUnixMicros(next),
                     {}};
    if (entry.lock.holds()) view.locked_until = FromUnixMicros(entry.lock.Until(entry.seen));
    return view;
  }

  const Reading reading_;
  const Quotas quotas_;
  const std::uint64_t seed_;
  mutable std::array<Part, kShelves> shelves_;
  Slab<Entry> store_;
  Ration ration_;
  Mutex room_mutex_;  // taken before any shelf's lock
  Position room_ KONDOR_GUARDED_BY(room_mutex_);
};

}  // namespace kondor::ledger
