// The newest call instants of one identity, as 32-bit stamps, oldest overwritten first.
// Not thread-safe.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kondor::ledger {

// Holds up to kSlots within the record itself: the documented limits need 20.
template <std::uint8_t kSlots>
class InlineRing {
 public:
  std::uint32_t size() const { return count_; }
  // The n-th newest; 1 is the newest. REQUIRES: 1 <= n <= size().
  std::uint32_t Newest(std::uint32_t n) const {
    const std::uint32_t slot = next_ + kSlots - n;
    return stamps_[slot < kSlots ? slot : slot - kSlots];
  }
  // REQUIRES: size() > 0.
  void DropOldest() { --count_; }
  void Clear() { count_ = 0; }
  // REQUIRES: most <= kSlots.
  void Push(std::uint32_t stamp, std::uint32_t /*most*/) {
    stamps_[next_] = stamp;
    next_ = static_cast<std::uint8_t>(next_ + 1 == kSlots ? 0 : next_ + 1);
    if (count_ < kSlots) ++count_;
  }
  std::size_t heap_bytes() const { return 0; }

 private:
  std::uint8_t next_ = 0;
  std::uint8_t count_ = 0;
  std::array<std::uint32_t, kSlots> stamps_;  // only `count_` of them have been written
};

// For larger limits: grows as calls come, so that an identity with one call stays small.
class GrowingRing {
 public:
  std::uint32_t size() const { return count_; }
  std::uint32_t Newest(std::uint32_t n) const {
    const std::size_t slot = std::size_t{next_} + stamps_.size() - n;
    return stamps_[slot < stamps_.size() ? slot : slot - stamps_.size()];
  }
  void DropOldest() { --count_; }
  void Clear() { count_ = 0; }
  // Keeps the newest `most`. REQUIRES: most > 0, the same at every call.
  void Push(std::uint32_t stamp, std::uint32_t most) {
    if (count_ == stamps_.size() && count_ < most) Grow(most);
    stamps_[next_] = stamp;
    next_ = next_ + 1 == stamps_.size() ? 0 : next_ + 1;
    if (count_ < stamps_.size()) ++count_;
  }
  std::size_t heap_bytes() const { return stamps_.capacity() * sizeof(std::uint32_t); }

 private:
  void Grow(std::uint32_t most) {
    const std::size_t size = std::min<std::size_t>(most, std::max<std::size_t>(8, 2 * count_));
    std::vector<std::uint32_t> grown(size);
    for (std::uint32_t n = 1; n <= count_; ++n) grown[count_ - n] = Newest(n);
    stamps_ = std::move(grown);
    next_ = count_;
  }

  std::uint32_t next_ = 0;
  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> stamps_;
};

}  // namespace kondor::ledger
