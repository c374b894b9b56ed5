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
  kJitter,        // 20 ms there and back, and a few more with a heavy tail
  kJitterMillis,  // the same in whole milliseconds, as many a network is written down
};

class Wire {
 public:
  Wire(Network network, std::uint64_t seed) : network_(network), rng_(seed) {}

  Duration OneWay() {
    if (network_ == Network::kInstant) return Duration::zero();
    // Pareto with exponent 2: 0.8 ms in the median, 2 in the mean, one in ten thousand 200. A
    // square root and a division are exact in IEEE arithmetic, so that every machine draws the
    // same.
    const double tail_ms = 2 * (std::min(1.0 / std::sqrt(1.0 - rng_.Unit()), kTailMax) - 1.0);
    const auto tail = Duration(static_cast<std::int64_t>(tail_ms * 1e6));
    if (network_ == Network::kJitter) return kSurely + tail;
    return kSurely + std::chrono::round<std::chrono::milliseconds>(tail);
  }

 private:
  static constexpr Duration kSurely = std::chrono::milliseconds(10);
  static constexpr double kTailMax = 1'000;

  const Network network_;
  Rng rng_;
};

}  // namespace kondor::bench
