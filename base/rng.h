// Chance that can be repeated: the same seed gives the same numbers on every machine.
// Not thread-safe.
#pragma once

#include <cstdint>
#include <random>

namespace kondor {

class Rng {
 public:
  explicit Rng(std::uint64_t seed) : engine_(seed) {}

  // Evenly in [0, bound). REQUIRES: bound > 0.
  std::uint64_t Below(std::uint64_t bound) {
    // The standard's distributions differ between libraries; its engines do not. Numbers of an
    // incomplete last round are thrown away, or the small ones would come up more often.
    const std::uint64_t incomplete = (0 - bound) % bound;
    std::uint64_t number = engine_();
    while (number < incomplete) number = engine_();
    return number % bound;
  }

  // Evenly in [0, 1).
  double Unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 engine_;  // the standard says its every number
};

}  // namespace kondor
