// Who may take a place in the books, and how many. Thread-safe.
//
// The books must stay bounded although the vendor cannot know who will call next, and they must
// never forget an identity that still counts: whoever is forgotten early gets a fresh allowance,
// and an attacker would only have to flood the books with new addresses to be given one. So when
// the places are taken and nobody is idle, the *newcomer* is turned away, and the rules are about
// which newcomer that may be:
//  - Identities that an admitted call with a known key touches are entered by right. There is one
//    per token, and at most tokens x limit addresses a window, so they need no bound; and no flood
//    of addresses can get a client with a key of its own refused.
//  - Addresses without a known key share one number of places. A flood can use those up and get
//    other strangers refused, never a key holder.
//  - A known key's *refused* call from a fresh address takes such a place too, or none if none is
//    left: otherwise one key could fill the books from any number of addresses. Its fresh address
//    then stays fresh, which gains nothing: the key refuses wherever it calls from, and without the
//    key the address is turned away.
//  - Under KO4 `pair` every fresh pair is admitted, so a key's limit bounds nothing. Each key has
//    as many places for pairs as strangers have together: its holder can use up only his own.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "base/mutex.h"
#include "mock_server/ledger/identity.h"

namespace kondor::ledger {

class Ration {
 public:
  explicit Ration(std::size_t places) : places_(places) {}

  // Whether two identities take their places from the same number of them.
  static bool Shared(const Identity& a, const Identity& b) {
    const bool pairs = a.dimension() == Dimension::kPair;
    return pairs == (b.dimension() == Dimension::kPair) && (!pairs || a.key == b.key);
  }

  // False: none left.
  [[nodiscard]] bool Take(const Identity& identity) {
    if (identity.dimension() == Dimension::kPair) {
      MutexLock lock(mutex_);
      std::size_t& taken = pairs_[identity.key];
      if (taken >= places_) return false;
      ++taken;
      return true;
    }
    std::size_t taken = addresses_.load(std::memory_order_relaxed);
    do {
      if (taken >= places_) return false;
    } while (!addresses_.compare_exchange_weak(taken, taken + 1, std::memory_order_relaxed));
    return true;
  }

  // REQUIRES: the place was taken for an identity that shares this one's ration.
  void Give(const Identity& identity) {
    if (identity.dimension() == Dimension::kPair) {
      MutexLock lock(mutex_);
      const auto taken = pairs_.find(identity.key);
      if (--taken->second == 0) pairs_.erase(taken);
      return;
    }
    addresses_.fetch_sub(1, std::memory_order_relaxed);
  }

  std::size_t bytes() const {
    MutexLock lock(mutex_);
    constexpr std::size_t kNode = sizeof(decltype(pairs_)::value_type) + 2 * sizeof(void*);
    return pairs_.size() * kNode + pairs_.bucket_count() * sizeof(void*);
  }

 private:
  const std::size_t places_;
  std::atomic<std::size_t> addresses_{0};
  mutable Mutex mutex_;
  std::unordered_map<std::uint32_t, std::size_t> pairs_ KONDOR_GUARDED_BY(mutex_);
};

}  // namespace kondor::ledger
