// What the books hold of one identity. Not thread-safe: its shelf's lock guards it.
#pragma once

#include <algorithm>
#include <cstdint>

#include "mock_server/ledger/identity.h"
#include "mock_server/ledger/lockout.h"
#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// How a record came to be held: a known key's admitted calls have a right to theirs, everybody
// else's take one of a bounded number of places (see ration.h).
enum class Place : std::uint8_t { kByRight, kRationed };

template <class Counters>
struct Record {
  std::uint64_t bits;  // of the identity; the parts lie where they fill the gaps
  Micros seen;         // the latest call; everything below stands at this instant
  std::uint32_t key;   // of the identity; in a free record the next free one
  Lock lock;
  Counters counters;
  Identity::Kind kind = Identity::Kind::kNone;  // kNone: free
  Place place = Place::kByRight;

  Identity identity() const { return {bits, key, kind}; }
  bool Is(const Identity& identity) const {
    return bits == identity.bits && key == identity.key && kind == identity.kind;
  }

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
};

}  // namespace kondor::ledger
