// What a strategy knows, as numbers: it names its state once, in an order of its own, and that one
// list serves both to write the state down and to read it. Not thread-safe.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/rng.h"

namespace kondor::limiter {

class Memory {
 public:
  // To be written into.
  Memory() = default;
  // To be read from; `shift` is added to every instant (the numbers may be of an earlier boot).
  explicit Memory(std::vector<std::int64_t> numbers, Duration shift = {})
      : numbers_(std::move(numbers)), shift_(shift), reading_(true) {}

  bool reading() const { return reading_; }
  const std::vector<std::int64_t>& numbers() const { return numbers_; }
  // Whether exactly the numbers there were have been read: if not, somebody else wrote them.
  bool fits() const { return fits_ && next_ == numbers_.size(); }

  void Keep(std::int64_t& number) {
    if (!reading_) return numbers_.push_back(number);
    fits_ = fits_ && next_ < numbers_.size();
    number = fits_ ? numbers_[next_++] : 0;
  }
  template <typename T>
  requires(std::integral<T> && !std::same_as<T, std::int64_t>) void Keep(T& number) {
    auto wide = static_cast<std::int64_t>(number);
    Keep(wide);
    number = static_cast<T>(wide);
  }
  void Keep(double& number) {
    auto bits = std::bit_cast<std::int64_t>(number);
    Keep(bits);
    number = std::bit_cast<double>(bits);
  }
  void Keep(Duration& duration) {
    std::int64_t count = duration.count();
    Keep(count);
    duration = Duration(count);
  }
  void Keep(TimePoint& instant) {
    Duration since = instant.time_since_epoch();
    Keep(since);
    instant = TimePoint(since);
    const bool never = instant == TimePoint::min() || instant == TimePoint::max();
    if (reading_ && !never) instant += shift_;
  }
  // Chance goes on from a seed drawn from it, alike for everybody who reads it.
  void Keep(Rng& rng) {
    auto seed = static_cast<std::int64_t>(Rng(rng).Below(INT64_MAX));
    Keep(seed);
    if (reading_) rng = Rng(static_cast<std::uint64_t>(seed));
  }
  // All elements of a vector or deque, and how many there are; `keep(element)` keeps one.
  template <typename Elements, typename KeepOne>
  void KeepAll(Elements& elements, KeepOne keep) {
    std::uint64_t size = elements.size();
    Keep(size);
    // Each takes a number at least, so that a false size cannot ask for more memory than there is.
    if (reading_ && size > numbers_.size() - next_) fits_ = false;
    if (reading_) elements.assign(fits_ ? size : 0, {});
    for (auto& element : elements) keep(element);
  }

 private:
  std::vector<std::int64_t> numbers_;
  Duration shift_{};
  bool reading_ = false;
  bool fits_ = true;
  std::size_t next_ = 0;
};

}  // namespace kondor::limiter
