// Strategies that learn from the answers. Each can stand alone; beside a counting one (all_of.h) it
// says when to go on after a refusal. Thread-safe: pure functions.
#pragma once

#include <cstdint>

#include "client/limiter/strategy.h"

namespace kondor::limiter {

// After a refusal nobody goes before the wait the server asked for is over, counted from the
// answer; `unhinted` where it named none.
StrategyPtr MakeHint(Duration unhinted);

// Exponential backoff: after the n-th refusal in a row nobody goes for base * 2^(n-1), at most
// `cap`.
struct BackoffOptions {
  Duration base = std::chrono::seconds(1);
  Duration cap = std::chrono::seconds(64);
  enum class Jitter {
    kNone,
    kFull,  // evenly between nothing and the wait, so that clients that fell together part
  } jitter = Jitter::kFull;
  std::uint64_t seed = 1;
};
StrategyPtr MakeBackoff(const BackoffOptions& options);

// Additive increase, multiplicative decrease of a rate in calls per second, as TCP does it: each
// admitted call adds `increase`, a refusal multiplies with `decrease`, at most once per `settle`.
struct AimdOptions {
  double rate = 1.0;
  double rate_min = 1.0 / 60;
  double rate_max = 1.0;
  double increase = 0.01;
  double decrease = 0.5;
  Duration settle = std::chrono::seconds(1);
};
StrategyPtr MakeAimd(const AimdOptions& options);

// The client-side rate limiter of the AWS SDKs' "adaptive" retry mode: no limit until the first
// refusal, then a token bucket whose rate follows CUBIC (RFC 9438) with their constants.
StrategyPtr MakeAwsAdaptive();

// Adaptive throttling of the SRE book ("Handling Overload"): a call is held back with probability
// max(0, (requests - k * accepts) / (requests + 1)) of the last `window`; one that is held back
// tries its luck again after `retry`.
struct SreOptions {
  double k = 2.0;
  Duration window = std::chrono::seconds(120);
  Duration retry = std::chrono::seconds(1);
  std::uint64_t seed = 1;
};
StrategyPtr MakeSreAdaptive(const SreOptions& options);

}  // namespace kondor::limiter
