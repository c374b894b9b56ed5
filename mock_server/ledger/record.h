// What the books hold of one identity. Not thread-safe, but for `Is`: its own `guard` goes before
// everything in it. Whose record it is changes only while the shelf's lock is held as well, so
// holding either is enough to be sure of that.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "mock_server/ledger/identity.h"
#include "mock_server/ledger/lockout.h"
#include "mock_server/ledger/quota.h"
#include "mock_server/ledger/spin_lock.h"

namespace kondor::ledger {

// How a record came to be held: a known key's admitted calls have a right to theirs, everybody
// else's take one of a bounded number of places (see ration.h).
enum class Place : std::uint8_t { kByRight, kRationed };

template <class Counters>
struct Record {
 private:
  // What a look-up needs comes first, so that it lies together.
  std::atomic<std::uint64_t> bits_;
  std::atomic<std::uint32_t> key_;                            // in a free record: the next free
  std::atomic<Identity::Kind> kind_ = Identity::Kind::kNone;  // kNone: free

 public:
  mutable SpinLock guard;
  Place place = Place::kByRight;
  Micros seen;  // the latest call; everything below stands at this instant
  Lock lock;
  Counters counters;

  Record() = default;
  // All but the guard.
  Record(const Record& other)
      : place(other.place), seen(other.seen), lock(other.lock), counters(other.counters) {
    Become(other.identity());
  }
  Record& operator=(const Record&) = delete;

  Identity identity() const {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    return {bits_.load(kRelaxed), key_.load(kRelaxed), kind_.load(kRelaxed)};
  }
  // Thread-safe; without a lock this is true or false of a moment that may be over.
  bool Is(const Identity& identity) const {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    return bits_.load(kRelaxed) == identity.bits && key_.load(kRelaxed) == identity.key &&
           kind_.load(kRelaxed) == identity.kind;
  }

  void Open(const Identity& identity, Micros at, Place how) {
    Become(identity);
    seen = at;
    place = how;
  }
  void Close(std::uint32_t next_free) {
    Become({0, next_free, Identity::Kind::kNone});
    lock = Lock{};
    counters = Counters{};
  }
  std::uint32_t next_free() const { return key_.load(std::memory_order_relaxed); }

  // REQUIRES: to >= seen.
  void Advance(const Quotas& quotas, Micros to) {
    counters.Advance(quotas, seen, to);
    lock.Advance(seen, to);
    seen = to;
  }
  bool Admits(const Quotas& quotas) const { return !lock.holds() && counters.Admits(quotas, seen); }
  // The earliest instant from which a forgotten identity would be answered the same.
  Micros IdleAt(const Quotas& quotas) const {
    return std::max(counters.IdleAt(quotas, seen), lock.Until(seen));
  }

 private:
  void Become(const Identity& identity) {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    bits_.store(identity.bits, kRelaxed);
    key_.store(identity.key, kRelaxed);
    kind_.store(identity.kind, kRelaxed);
  }
};

}  // namespace kondor::ledger
