// Many instances at once: each thread has a connection of its own and takes the next instance until
// none is left or somebody asks to stop.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "scenarios/run/play.h"

namespace kondor::scenarios {

enum class Order { kAsWritten, kShuffled };

struct CrewOptions {
  std::size_t jobs = 4;
  std::size_t repeat = 1;
  Order order = Order::kAsWritten;
  std::uint64_t seed = 1;  // of the order, and of random timelines
  Writes writes = Writes::kSkipped;
  // Called from any thread, one at a time, with how many are done and how many of them fell short.
  std::function<void(std::size_t done, std::size_t all, std::size_t failed)> on_progress = {};
};

struct Played {
  const Instance* instance = nullptr;
  std::size_t round = 0;  // of --repeat
  std::uint64_t seed = 0;
  Outcome outcome = {};
};

struct Results {
  std::vector<Played> played;  // in the order of the files, round by round
  std::size_t not_played = 0;  // because of `stop`, or because the target has gone
  std::optional<Error> gone;   // what it no longer said

  std::size_t Count(Verdict verdict) const;
};

// `stop` turning true ends it after the instances under way; so does a target that has gone: that
// left several in a row without an answer, and does not answer a plain call either.
Results PlayAll(const std::vector<Instance>& instances, const Target& target,
                const CrewOptions& options, const std::atomic<bool>& stop);

// What one instance's random timelines are drawn from: the same in any order and on any machine.
std::uint64_t SeedOf(const Instance& instance, std::uint64_t seed, std::size_t round);

}  // namespace kondor::scenarios
