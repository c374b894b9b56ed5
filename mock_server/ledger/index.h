// An open-addressing table of record numbers, four bytes a slot.
//
// One thread at a time changes it, and asks it with certainty: whoever holds the shelf's lock. Any
// thread may look beside that, without a lock: it never waits and never writes, so that two threads
// do not pass a cache line to and fro. Such a look may offer a number whose record has since become
// somebody else's, and may miss one while the table is rebuilt. So who gets a number must check the
// record under the record's lock, and who gets none must ask again under the shelf's.
#pragma once

#include <sys/mman.h>

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace kondor::ledger {

// Knows nothing of records: it offers the numbers whose hash might match, and the caller looks.
// A slot holds a number in its low kNumberBits and, above, five bits of the hash: the wrong record
// is looked at once in 32 times that one is met.
// Memory that somebody may still look at is never given back: a small table that was outgrown is
// kept, and a large one grows in place, in a range of addresses that the system lends memory for
// page by page. Linear probing; a removed slot is marked and reused. Never shrinks.
class Index {
 public:
  static constexpr std::uint32_t kNumberBits = 27;

  // A slot and the number in it. Number 0: there is none.
  struct Hit {
    std::uint32_t slot = 0;
    std::uint32_t number = 0;
  };

  std::uint32_t size() const { return live_; }
  std::uint32_t slots() const {
    const std::uint32_t mask = mask_.load(std::memory_order_acquire);
    return mask == 0 ? 0 : mask + 1;
  }
  std::size_t bytes() const {
    // The small tables double from the first one on.
    const std::size_t kept = (std::size_t{kSlotsMin} << small_.size()) - kSlotsMin;
    return ((region_ == nullptr ? 0 : slots()) + kept) * sizeof(Slot);
  }

  // --- by anybody

  // The number in a slot; 0 if there is none. REQUIRES: slot < slots().
  std::uint32_t At(std::uint32_t slot) const {
    const std::uint32_t entry = SlotAt(slot).load(std::memory_order_acquire);
    return entry == kRemoved ? 0 : entry & kNumberMask;
  }

  void Prefetch(std::uint64_t hash) const {
    const std::uint32_t mask = mask_.load(std::memory_order_acquire);
    if (mask != 0) __builtin_prefetch(&SlotAt(static_cast<std::uint32_t>(hash) & mask));
  }

  // The first number that may belong to `hash`, and the next after one that did not.
  Hit First(std::uint64_t hash) const { return Seek(hash, static_cast<std::uint32_t>(hash)); }
  Hit Next(std::uint64_t hash, Hit hit) const { return Seek(hash, hit.slot + 1); }

  // --- by the one who may change it

  // `hash_of(number)` gives the hash of a number already here, for when the table is rebuilt.
  // REQUIRES: 0 < number < 2^kNumberBits, and not here yet.
  template <class HashOf>
  void Insert(std::uint64_t hash, std::uint32_t number, const HashOf& hash_of) {
    if (filled_ + 1 > slots() - slots() / 8) Rebuild(hash_of);
    Place(hash, number);
    ++live_;
  }

  // REQUIRES: At(slot) != 0.
  void Remove(std::uint32_t slot) {
    const std::uint32_t mask = slots() - 1;
    --live_;
    // What ends a run of slots may end it here: nobody needs to probe on across it.
    if (Entry((slot + 1) & mask) != kEmpty) {
      Write(slot, kRemoved);
      return;
    }
    do {
      Write(slot, kEmpty);
      --filled_;
      slot = (slot - 1) & mask;
    } while (Entry(slot) == kRemoved);
  }

 private:
  using Slot = std::atomic<std::uint32_t>;

  static constexpr std::uint32_t kEmpty = 0;
  static constexpr std::uint32_t kRemoved = UINT32_MAX;  // no number has all bits set
  static constexpr std::uint32_t kNumberMask = (1U << kNumberBits) - 1;
  static constexpr std::uint32_t kSlotsMin = 8;
  static constexpr std::uint32_t kAhead = 16;

  // Load the mask first: a table is published before the mask that reaches to its end.
  Slot& SlotAt(std::uint32_t slot) const { return base_.load(std::memory_order_acquire)[slot]; }
  std::uint32_t Entry(std::uint32_t slot) const {
    return SlotAt(slot).load(std::memory_order_relaxed);
  }
  // Released, because a number in a slot vouches for its record having been made.
  void Write(std::uint32_t slot, std::uint32_t entry) {
    SlotAt(slot).store(entry, std::memory_order_release);
  }

  // The tag comes from the upper half of the hash, the slot from the lower.
  static std::uint32_t Tagged(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 32) << kNumberBits;
  }

  Hit Seek(std::uint64_t hash, std::uint32_t slot) const {
    const std::uint32_t mask = mask_.load(std::memory_order_acquire);
    if (mask == 0) return {};
    const Slot* const base = base_.load(std::memory_order_acquire);
    const std::uint32_t tagged = Tagged(hash);
    // At rest there is always an empty slot; while it is rebuilt a look beside may meet none.
    for (std::uint32_t looked = 0; looked <= mask; ++looked, ++slot) {
      slot &= mask;
      const std::uint32_t entry = base[slot].load(std::memory_order_acquire);
      if (entry == kEmpty) break;
      if ((entry ^ tagged) >> kNumberBits == 0 && entry != kRemoved) {
        return {slot, entry & kNumberMask};
      }
    }
    return {};
  }

  void Place(std::uint64_t hash, std::uint32_t number) {
    const std::uint32_t mask = slots() - 1;
    std::uint32_t slot = static_cast<std::uint32_t>(hash) & mask;
    while (Entry(slot) != kEmpty && Entry(slot) != kRemoved) slot = (slot + 1) & mask;
    if (Entry(slot) == kEmpty) ++filled_;
    Write(slot, Tagged(hash) | number);
  }

  // Doubles the table, or only clears out removed slots when those fill it.
  template <class HashOf>
  void Rebuild(const HashOf& hash_of) {
    std::vector<std::uint32_t> kept;
    kept.reserve(live_);
    const std::uint32_t before = slots();
    for (std::uint32_t slot = 0; slot < before; ++slot) {
      if (const std::uint32_t number = At(slot)) kept.push_back(number);
    }
    const Slot* const old = base_;
    if (live_ >= before / 4 * 3) Double(before);
    if (base_ == old) Clear(before);
    filled_ = 0;
    // Records lie far apart in memory: ask for one well before it is needed.
    for (std::size_t n = 0; n < kept.size(); ++n) {
      if (n + kAhead < kept.size()) hash_of.Prefetch(kept[n + kAhead]);
      Place(hash_of(kept[n]), kept[n]);
    }
  }

  void Clear(std::uint32_t before) {
    // Asked for at random, a large table costs a miss of the TLB each time, but for huge pages; and
    // those the system lends only where no page is yet. A refusal changes nothing but the speed.
    if (const std::size_t bytes = slots() * sizeof(Slot); bytes >= kHugePage) {
      if (::madvise(region_.get(), bytes, MADV_DONTNEED) == 0) {  // what comes back is zero
        (void)::madvise(region_.get(), bytes, MADV_HUGEPAGE);
        return;
      }
    }
    for (std::uint32_t slot = 0; slot < before; ++slot) Write(slot, kEmpty);
  }

  // All slots of what is new are kEmpty; what is kept of the old ones is the caller's to clear.
  void Double(std::uint32_t before) {
    const std::uint32_t after = before == 0 ? kSlotsMin : 2 * before;
    if (after <= kSmallMax) {
      small_.push_back(std::make_unique<Slot[]>(after));
      base_.store(small_.back().get(), std::memory_order_release);
    } else if (region_ == nullptr) {
      region_.reset(Region::Reserve());
      base_.store(region_.get(), std::memory_order_release);
    } else if (after > kSlotsMax) {
      throw std::bad_alloc();
    }
    mask_.store(after - 1, std::memory_order_release);
  }

  static constexpr std::uint32_t kSmallMax = 1U << 8;
  static constexpr std::uint32_t kSlotsMax = 1U << 25;  // 29 million records in one table

  static constexpr std::size_t kHugePage = std::size_t{1} << 21;

  // Addresses for the largest table; memory comes with the first write to a page.
  struct Region {
    static constexpr std::size_t kBytes = std::size_t{kSlotsMax} * sizeof(Slot);
    // On a boundary of huge pages.
    static Slot* Reserve() {
      void* memory = ::mmap(nullptr, kBytes + kHugePage, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
      if (memory == MAP_FAILED) throw std::bad_alloc();
      char* const begin = static_cast<char*>(memory);
      const std::size_t before = -reinterpret_cast<std::uintptr_t>(begin) % kHugePage;
      if (before != 0) ::munmap(begin, before);
      ::munmap(begin + before + kBytes, kHugePage - before);
      return reinterpret_cast<Slot*>(begin + before);
    }
    void operator()(Slot* slots) const { ::munmap(slots, kBytes); }
  };

  std::vector<std::unique_ptr<Slot[]>> small_;
  std::unique_ptr<Slot, Region> region_;
  std::atomic<Slot*> base_{nullptr};
  std::atomic<std::uint32_t> mask_{0};  // 0: no table yet
  std::uint32_t live_ = 0;
  std::uint32_t filled_ = 0;  // live or removed
};

}  // namespace kondor::ledger
