// One part of the books: the records whose hash falls here, under one lock.
// Not thread-safe: callers hold `lock`, except for what says otherwise.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "mock_server/ledger/index.h"
#include "mock_server/ledger/record.h"
#include "mock_server/ledger/slab.h"
#include "mock_server/ledger/spin_lock.h"

namespace kondor::ledger {

// On cache lines of its own, so that two threads on two shelves do not slow each other down.
template <class Counters>
class alignas(64) Shelf {
 public:
  using Entry = Record<Counters>;
  using Store = Slab<Entry>;

  // What a walk over the records may look at: so much and no more in one call.
  struct Budget {
    std::uint32_t slots = 0;
    std::uint32_t records = 0;

    bool left() const { return slots > 0 && records > 0; }
  };

  mutable SpinLock lock;

  // The record that `slot`, from index().First(), holds if it is this identity's; else the one of a
  // later slot; null if there is none.
  Entry* Confirm(const Store& store, const Identity& identity, std::uint64_t hash,
                 std::uint32_t slot) const KONDOR_REQUIRES(lock) {
    for (; slot != Index::kNone; slot = index_.Next(hash, slot)) {
      Entry* entry = store.At(index_.At(slot));
      if (entry->Is(identity)) return entry;
    }
    return nullptr;
  }
  Entry* Find(const Store& store, const Identity& identity, std::uint64_t hash) const
      KONDOR_REQUIRES(lock) {
    return Confirm(store, identity, hash, index_.First(hash));
  }

  // A fresh record. An identity that was forgotten must not find its time running backwards, so
  // it starts no earlier than the instant from which the forgotten ones here were idle.
  // REQUIRES: there is none yet.
  Entry* Enter(Store& store, const Identity& identity, std::uint64_t hash, std::uint64_t seed,
               Micros now) KONDOR_REQUIRES(lock) {
    std::uint32_t number = free_;
    if (number != 0) {
      free_ = store.At(number)->key;
    } else {
      number = store.Take();
    }
    index_.Insert(hash, number, HashOf{store, seed});
    Entry* entry = store.At(number);
    entry->bits = identity.bits;
    entry->key = identity.key;
    entry->kind = identity.kind;
    entry->seen = std::max(now, forgotten_until_);
    return entry;
  }

  void Withdraw(const Store& store, const Identity& identity, std::uint64_t hash)
      KONDOR_REQUIRES(lock) {
    std::uint32_t slot = index_.First(hash);
    while (!store.At(index_.At(slot))->Is(identity)) slot = index_.Next(hash, slot);
    Free(store, slot);
  }

  // Forgets those idle since `since` among the records from slot `from` on that the budget reaches;
  // calls `forgotten(entry)` for each. Lowers the budget by what was looked at. Returns the slot to
  // go on from; 0 when the shelf ended.
  template <class Forgotten>
  std::uint32_t Sweep(const Store& store, const Quotas& quotas, Micros since, std::uint32_t from,
                      Budget& budget, const Forgotten& forgotten) KONDOR_REQUIRES(lock) {
    return Walk(store, from, budget,
                [&](std::uint32_t slot, const Entry& entry) KONDOR_REQUIRES(lock) {
                  const Micros idle_at = entry.IdleAt(quotas);
                  if (idle_at > since) return;
                  forgotten_until_ = std::max(forgotten_until_, idle_at);
                  forgotten(entry);
                  Free(store, slot);
                });
  }
  // The same, on from where the last one stopped.
  template <class Forgotten>
  void SweepOn(const Store& store, const Quotas& quotas, Micros since, Budget budget,
               const Forgotten& forgotten) KONDOR_REQUIRES(lock) {
    hand_ = Sweep(store, quotas, since, hand_, budget, forgotten);
  }
  // Calls `look(entry)` for the records that such a Sweep would look at.
  template <class Look>
  std::uint32_t Peek(const Store& store, std::uint32_t from, Budget& budget, const Look& look) const
      KONDOR_REQUIRES(lock) {
    return Walk(store, from, budget, [&](std::uint32_t, const Entry& entry) { look(entry); });
  }

  template <class Look>
  void ForEach(const Store& store, const Look& look) const KONDOR_REQUIRES(lock) {
    for (std::uint32_t slot = 0; slot < index_.slots(); ++slot) {
      if (const std::uint32_t number = index_.At(slot)) look(*store.At(number));
    }
  }

  const Index& index() const KONDOR_REQUIRES(lock) { return index_; }

 private:
  struct HashOf {
    const Store& store;
    std::uint64_t seed;
    std::uint64_t operator()(std::uint32_t number) const {
      return store.At(number)->identity().Hash(seed);
    }
    void Prefetch(std::uint32_t number) const { __builtin_prefetch(store.At(number)); }
  };

  template <class Visit>
  std::uint32_t Walk(const Store& store, std::uint32_t from, Budget& budget,
                     const Visit& visit) const KONDOR_REQUIRES(lock) {
    for (std::uint32_t slot = from; slot < index_.slots(); ++slot) {
      if (!budget.left()) return slot;
      --budget.slots;
      if (const std::uint32_t number = index_.At(slot)) {
        --budget.records;
        visit(slot, *store.At(number));
      }
    }
    return 0;
  }

  void Free(const Store& store, std::uint32_t slot) KONDOR_REQUIRES(lock) {
    const std::uint32_t number = index_.At(slot);
    index_.Remove(slot);
    Entry* entry = store.At(number);
    *entry = Entry{};
    entry->key = free_;
    free_ = number;
  }

  std::uint32_t hand_ KONDOR_GUARDED_BY(lock) = 0;  // the slot that the next sweep begins with
  std::uint32_t free_ KONDOR_GUARDED_BY(lock) = 0;  // the first free record; 0: none
  Micros forgotten_until_ KONDOR_GUARDED_BY(lock) = INT64_MIN;
  Index index_ KONDOR_GUARDED_BY(lock);
};

}  // namespace kondor::ledger
