// One part of the books: the records whose hash falls here. Its lock goes before every change to
// who is here; looking somebody up needs none. Thread-safe where it says so, else callers hold
// `lock`.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>

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

  // The record of an identity; null: there is none. Certain under the lock. Without it,
  // thread-safe, this is a hint: only the record itself, held, tells whose it is, and who finds
  // none asks again.
  Entry* Find(const Store& store, const Identity& identity, std::uint64_t hash) const {
    return Confirm(store, identity, hash, index_.First(hash));
  }
  Entry* Confirm(const Store& store, const Identity& identity, std::uint64_t hash,
                 Index::Hit hit) const {
    for (; hit.number != 0; hit = index_.Next(hash, hit)) {
      Entry* entry = store.At(hit.number);
      if (entry->Is(identity)) return entry;
    }
    return nullptr;
  }

  // The number of a record that is nobody's, for Enter.
  std::uint32_t Reserve(Store& store) KONDOR_REQUIRES(lock) {
    const std::uint32_t number = free_ != 0 ? free_ : store.Take();
    if (number >> Index::kNumberBits != 0) throw std::bad_alloc();
    if (number == free_) free_ = store.At(number)->next_free();
    return number;
  }

  // Makes a reserved record somebody's. One whose identity was forgotten must not find its time
  // running backwards, so it starts no earlier than the instant from which the forgotten ones here
  // were idle. REQUIRES: the record is held; its identity has none yet.
  void Enter(const Store& store, std::uint32_t number, const Identity& identity, std::uint64_t hash,
             std::uint64_t seed, Micros now, Place place) KONDOR_REQUIRES(lock) {
    store.At(number)->Open(identity, std::max(now, forgotten_until_), place);
    index_.Insert(hash, number, HashOf{store, seed});
  }

  // REQUIRES: the record is held.
  void Withdraw(const Store& store, const Entry* entry, std::uint64_t hash) KONDOR_REQUIRES(lock) {
    Index::Hit hit = index_.First(hash);
    while (store.At(hit.number) != entry) hit = index_.Next(hash, hit);
    Free(store, hit.slot);
  }

  // Forgets those idle since `since` among the records from slot `from` on that the budget reaches;
  // calls `forgotten(entry)` for each. Whose record is held at the moment is not idle. Lowers the
  // budget by what was looked at. Returns the slot to go on from; 0 when the shelf ended.
  template <class Forgotten>
  std::uint32_t Sweep(const Store& store, const Quotas& quotas, Micros since, std::uint32_t from,
                      Budget& budget, const Forgotten& forgotten) KONDOR_REQUIRES(lock) {
    return Walk(store, from, budget,
                [&](std::uint32_t slot, const Entry& entry) KONDOR_REQUIRES(lock) {
                  if (!entry.guard.TryLock()) return;
                  const Micros idle_at = entry.IdleAt(quotas);
                  if (idle_at <= since) {
                    forgotten_until_ = std::max(forgotten_until_, idle_at);
                    forgotten(entry);
                    Free(store, slot);
                  }
                  entry.guard.Unlock();
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
    return Walk(store, from, budget, [&](std::uint32_t, const Entry& entry) {
      SpinLockHold hold(entry.guard);
      look(entry);
    });
  }

  template <class Look>
  void ForEach(const Store& store, const Look& look) const KONDOR_REQUIRES(lock) {
    for (std::uint32_t slot = 0; slot < index_.slots(); ++slot) {
      if (const std::uint32_t number = index_.At(slot)) {
        const Entry& entry = *store.At(number);
        SpinLockHold hold(entry.guard);
        look(entry);
      }
    }
  }

  const Index& index() const { return index_; }

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
    store.At(number)->Close(free_);
    free_ = number;
  }

  std::uint32_t hand_ KONDOR_GUARDED_BY(lock) = 0;  // the slot that the next sweep begins with
  std::uint32_t free_ KONDOR_GUARDED_BY(lock) = 0;  // the first free record; 0: none
  Micros forgotten_until_ KONDOR_GUARDED_BY(lock) = INT64_MIN;
  Index index_;  // changed under the lock, looked at by anybody
};

}  // namespace kondor::ledger
