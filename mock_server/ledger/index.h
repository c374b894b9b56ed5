// An open-addressing table of record numbers, four bytes a slot. Not thread-safe.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace kondor::ledger {

// Knows nothing of records: it offers the numbers whose hash might match, and the caller looks.
// A slot holds a number in its low `number_bits_` and, above, as much of the hash as fits: with a
// million records the wrong one is looked at once in thousands of times.
// Linear probing; a removed slot is marked and reused. Never shrinks.
class Index {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::uint32_t size() const { return live_; }
  std::uint32_t slots() const { return entries_ ? mask_ + 1 : 0; }
  std::size_t bytes() const { return slots() * sizeof(std::uint32_t); }

  // The number in a slot; 0 if there is none. REQUIRES: slot < slots().
  std::uint32_t At(std::uint32_t slot) const {
    const std::uint32_t entry = entries_[slot];
    return entry == kRemoved ? 0 : entry & NumberMask();
  }

  void Prefetch(std::uint64_t hash) const {
    if (entries_) __builtin_prefetch(&entries_[Home(hash)]);
  }

  // The first slot that may hold `hash`, and the next after one that did not; kNone at the end.
  std::uint32_t First(std::uint64_t hash) const {
    return entries_ ? Seek(hash, Home(hash)) : kNone;
  }
  std::uint32_t Next(std::uint64_t hash, std::uint32_t slot) const {
    return Seek(hash, (slot + 1) & mask_);
  }

  // `hash_of(number)` gives the hash of a number already here, for when the table is rebuilt.
  // REQUIRES: 0 < number < 2^31, and not here yet.
  template <class HashOf>
  void Insert(std::uint64_t hash, std::uint32_t number, const HashOf& hash_of) {
    if (!entries_ || filled_ + 1 > slots() - slots() / 8 || number >= NumberMask()) {
      Rebuild(number, hash_of);
    }
    Place(hash, number);
    ++live_;
  }

  // REQUIRES: At(slot) != 0.
  void Remove(std::uint32_t slot) {
    --live_;
    // What ends a run of slots may end it here: nobody needs to probe on across it.
    if (entries_[(slot + 1) & mask_] != kEmpty) {
      entries_[slot] = kRemoved;
      return;
    }
    do {
      entries_[slot] = kEmpty;
      --filled_;
      slot = (slot - 1) & mask_;
    } while (entries_[slot] == kRemoved);
  }

 private:
  static constexpr std::uint32_t kEmpty = 0;
  static constexpr std::uint32_t kRemoved = UINT32_MAX;  // no number has all bits set

  std::uint32_t NumberMask() const { return (1U << number_bits_) - 1; }
  std::uint32_t Home(std::uint64_t hash) const { return static_cast<std::uint32_t>(hash) & mask_; }
  // The tag comes from the upper half of the hash, the slot from the lower.
  std::uint32_t Tagged(std::uint64_t hash) const {
    return static_cast<std::uint32_t>(hash >> 32) << number_bits_;
  }

  std::uint32_t Seek(std::uint64_t hash, std::uint32_t slot) const {
    const std::uint32_t tagged = Tagged(hash);
    for (;; slot = (slot + 1) & mask_) {
      const std::uint32_t entry = entries_[slot];
      if (entry == kEmpty) return kNone;
      if ((entry ^ tagged) >> number_bits_ == 0 && entry != kRemoved) return slot;
    }
  }

  void Place(std::uint64_t hash, std::uint32_t number) {
    std::uint32_t slot = Home(hash);
    while (entries_[slot] != kEmpty && entries_[slot] != kRemoved) slot = (slot + 1) & mask_;
    if (entries_[slot] == kEmpty) ++filled_;
    entries_[slot] = Tagged(hash) | number;
  }

  // Doubles the table, or only clears out removed slots when those fill it, and makes room for the
  // bits of `number`.
  template <class HashOf>
  void Rebuild(std::uint32_t number, const HashOf& hash_of) {
    const Index old = Move();
    std::uint32_t slots = kSlotsMin;
    if (old.entries_) slots = live_ > old.slots() / 4 * 3 ? 2 * old.slots() : old.slots();
    entries_ = std::make_unique<std::uint32_t[]>(slots);  // all kEmpty
    mask_ = slots - 1;
    filled_ = 0;
    number_bits_ = static_cast<std::uint8_t>(
        std::clamp<int>(static_cast<int>(std::bit_width(number)) + 1, number_bits_, 31));
    // Records lie far apart in memory: ask for one well before it is needed.
    for (std::uint32_t slot = 0; slot < old.slots(); ++slot) {
      if (slot + kAhead < old.slots()) {
        if (const std::uint32_t ahead = old.At(slot + kAhead)) hash_of.Prefetch(ahead);
      }
      if (const std::uint32_t kept = old.At(slot)) Place(hash_of(kept), kept);
    }
  }

  static constexpr std::uint32_t kSlotsMin = 8;
  static constexpr std::uint32_t kAhead = 16;

  Index Move() {
    Index old;
    old.entries_ = std::move(entries_);
    old.mask_ = mask_;
    old.number_bits_ = number_bits_;
    return old;
  }

  std::unique_ptr<std::uint32_t[]> entries_;
  std::uint32_t mask_ = 0;
  std::uint32_t live_ = 0;
  std::uint32_t filled_ = 0;  // live or removed
  std::uint8_t number_bits_ = 0;
};

}  // namespace kondor::ledger
