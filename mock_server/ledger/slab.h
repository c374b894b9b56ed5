// Storage of records by number: addresses never move, pages are touched only when needed.
// Thread-safe: `Take` may run beside anything; a number's own record is its holder's to guard.
#pragma once

#include <sys/mman.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "base/mutex.h"

namespace kondor::ledger {

// Blocks of kFirst, 2 kFirst, 4 kFirst ... records. A number's highest bit names its block and the
// rest its place there, so 0 .. kFirst-1 are never given out and 0 can mean "none". Doubling wastes
// no memory: the system lends a page of a large block when it is first written, and numbers are
// given out in order.
template <class T>
class Slab {
 public:
  static constexpr std::uint32_t kFirst = 16;

  Slab() = default;
  ~Slab() {
    if constexpr (!std::is_trivially_destructible_v<T>) {
      for (std::uint32_t number = kFirst; number < next_; ++number) At(number)->~T();
    }
    for (std::size_t block = 0; block < blocks_.size() && blocks_[block] != nullptr; ++block) {
      ::operator delete (blocks_[block], std::align_val_t{Alignment(block)});
    }
  }
  Slab(const Slab&) = delete;
  Slab& operator=(const Slab&) = delete;

  // REQUIRES: `number` came from Take().
  T* At(std::uint32_t number) const {
    const auto top = static_cast<std::uint32_t>(std::bit_width(number)) - 1;
    return blocks_[top - kFirstBit] + (number ^ (1U << top));
  }

  // A fresh default-initialised record.
  std::uint32_t Take() {
    MutexLock lock(mutex_);
    const std::uint32_t number = next_;
    if (std::has_single_bit(number)) {
      const auto block = static_cast<std::size_t>(std::bit_width(number)) - 1 - kFirstBit;
      blocks_[block] = Allocate(block);
    }
    new (At(number)) T;
    ++next_;
    return number;
  }

  // Memory touched, in the pages that it comes in.
  std::size_t bytes() const {
    MutexLock lock(mutex_);
    std::size_t sum = 0;
    for (std::size_t block = 0; block < blocks_.size() && blocks_[block] != nullptr; ++block) {
      const std::uint32_t begin = kFirst << block;
      const std::size_t used = sizeof(T) * std::min<std::size_t>(next_ - begin, begin);
      const std::size_t page = Alignment(block) == kHugePage ? kHugePage : std::size_t{4096};
      sum += std::min((used + page - 1) / page * page, Size(block));
    }
    return sum;
  }

 private:
  static constexpr std::uint32_t kFirstBit = std::bit_width(kFirst) - 1;
  static constexpr std::size_t kHugePage = std::size_t{1} << 21;
  // Smaller blocks would lose too much to a huge page that is only begun.
  static constexpr std::size_t kHugeBlock = std::size_t{56} << 20;

  static std::size_t Size(std::size_t block) { return sizeof(T) * (std::size_t{kFirst} << block); }
  static std::size_t Alignment(std::size_t block) {
    return Size(block) >= kHugeBlock ? kHugePage : alignof(std::max_align_t);
  }
  static T* Allocate(std::size_t block) {
    void* memory = ::operator new (Size(block), std::align_val_t{Alignment(block)});
    // Millions of records at random: without huge pages every look-up also misses the TLB.
    // A refusal changes nothing but the speed.
    if (Alignment(block) == kHugePage) (void)::madvise(memory, Size(block), MADV_HUGEPAGE);
    return static_cast<T*>(memory);
  }

  mutable Mutex mutex_;
  std::uint32_t next_ KONDOR_GUARDED_BY(mutex_) = kFirst;
  // Written under the mutex before any number of the block is given out, never changed after: who
  // has a number may read its block without the mutex.
  std::array<T*, 32 - kFirstBit> blocks_{};
};

}  // namespace kondor::ledger
