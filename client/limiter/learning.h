// The strategy that is used unless another is asked for: as fast as the published quotas allow
// under the most lenient reading that has not been proved wrong.
//
// It begins with sliding logs stamped at the answer, which no fixed window, token bucket or
// lock-out can refuse. When a call is refused although by its own books it could not have been, the
// reading is a stricter one (a sliding counter, GCRA, less quota than said, or somebody else on the
// same budget): from then on calls are evenly spread, and after each further such refusal more
// widely. A refusal is always followed by the wait the server asked for, so that each costs one
// lock-out. Thread-safe: a pure function. What it makes is not, like every strategy.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "client/limiter/strategy.h"

namespace kondor::limiter {

// Why the strategy went over to another reading; all instants are those it was told.
struct Lesson {
  TimePoint sent;
  TimePoint refused;
  // The calls of the longest period that the books held when the refused one was sent.
  std::uint32_t booked = 0;
  // Whether the books went back that far; if not, an earlier run's calls may have been the reason.
  bool certain = false;
  // From now on at least this between two calls.
  Duration interval{};
  // One sentence for people: "refused although only 1 of 20 calls a minute were booked; ...".
  std::string text;
};

struct LearningOptions {
  std::vector<Quota> quotas;
  // After a refusal without a hint.
  Duration unhinted = std::chrono::seconds(60);
  // What an earlier run learnt; zero for nothing. It is where this run begins.
  Duration interval{};
  // Told of each lesson as it is learnt; may be empty. Must not call the strategy.
  std::function<void(const Lesson&)> on_lesson = {};
};

// REQUIRES: at least one quota.
StrategyPtr MakeLearning(LearningOptions options);

}  // namespace kondor::limiter
