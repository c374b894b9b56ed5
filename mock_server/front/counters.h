// How many calls each host answered, by what became of them: for the metrics. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "mock_server/sandbox/exchange.h"

namespace kondor {

class Counters {
 public:
  static constexpr std::array kSurfaces = kHosts;
  static constexpr std::array kOutcomes = {Outcome::kOk,           Outcome::kRateLimited,
                                           Outcome::kAuthError,    Outcome::kFailed,
                                           Outcome::kUnknownRoute, Outcome::kFault};

  void Count(Surface surface, Outcome outcome) {
    Cell(surface, outcome).fetch_add(1, std::memory_order_relaxed);
  }
  std::uint64_t Of(Surface surface, Outcome outcome) const {
    return counts_[Index(surface, outcome)].load(std::memory_order_relaxed);
  }

 private:
  static std::size_t Index(Surface surface, Outcome outcome) {
    return static_cast<std::size_t>(surface) * kOutcomes.size() + static_cast<std::size_t>(outcome);
  }
  std::atomic<std::uint64_t>& Cell(Surface surface, Outcome outcome) {
    return counts_[Index(surface, outcome)];
  }

  std::array<std::atomic<std::uint64_t>, kSurfaces.size() * kOutcomes.size()> counts_{};
};

}  // namespace kondor
