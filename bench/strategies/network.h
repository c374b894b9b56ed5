// How long a call and its answer are under way. Not thread-safe.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/clock.h"
#include "base/rng.h"

namespace kondor::bench {

enum class Network {
  kInstant,
  kJitter,  // 20 ms there and back, and a few more with a heavy tail
};

class Wire {
 public:
  Wire(Network network, std::uint64_t seed) : network_(network), rng_(seed) {}

  Duration OneWay() {
    if (network_ == Network::kInstant) return Duration::zero();
    // Pareto with exponent 2: 1 ms in the median 1.4, one in ten thousand 100 ms. A square root and
    // a division are exact in IEEE arithmetic, so that every machine draws the same.
    const double tail_ms = std::min(1.0 / std::sqrt(1.0 - rng_.Unit()), kTailMax) - 1.0;
    return std::chrono::milliseconds(10) + Duration(static_cast<std::int64_t>(tail_ms * 1e6));
  }

 private:
  static constexpr double kTailMax = 1'000;

  const Network network_;
  Rng rng_;
};

}  // namespace kondor::bench
