#include "client/limiter/named_strategies.h"

#include <utility>

#include "client/limiter/all_of.h"
#include "client/limiter/learning.h"
#include "client/limiter/reactive.h"
#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

using Quotas = std::vector<Quota>;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kUnhinted = seconds(60);  // K6: what the guide says

// One part for each quota, and beside them the wait the server asks for.
template <typename MakePart>
StrategyPtr EachAndHint(const Quotas& quotas, const MakePart& make) {
  std::vector<StrategyPtr> parts;
  for (const Quota& quota : quotas) parts.push_back(make(quota));
  parts.push_back(MakeHint(kUnhinted));
  return MakeAllOf(std::move(parts));
}

// A pace made for the whole quotas is as many times slower as the client's share is smaller.
StrategyPtr PaceAndHint(const Quotas& quotas, Duration interval) {
  const Quota& second = quotas.front();
  std::vector<StrategyPtr> parts;
  parts.push_back(MakePace(interval * (second.period / seconds(1))));
  parts.push_back(MakeHint(kUnhinted));
  return MakeAllOf(std::move(parts));
}

StrategyPtr Pair(StrategyPtr a, StrategyPtr b) {
  std::vector<StrategyPtr> parts;
  parts.push_back(std::move(a));
  parts.push_back(std::move(b));
  return MakeAllOf(std::move(parts));
}

StrategyPtr BackoffWith(BackoffOptions::Jitter jitter, std::uint64_t seed) {
  return MakeBackoff({.jitter = jitter, .seed = seed});
}

std::vector<NamedStrategy> OurStrategies() {
  using Jitter = BackoffOptions::Jitter;
  return {
      {"none", [](auto&, auto seed) { return BackoffWith(Jitter::kNone, seed); }},
      {"full_jitter", [](auto&, auto seed) { return BackoffWith(Jitter::kFull, seed); }},
      {"hint", [](auto&, auto) { return MakeHint(kUnhinted); }},
      {"pace_1.0", [](auto& quotas, auto) { return PaceAndHint(quotas, milliseconds(1'000)); }},
      {"pace_1.05", [](auto& quotas, auto) { return PaceAndHint(quotas, milliseconds(1'050)); }},
      {"pace_3.2", [](auto& quotas, auto) { return PaceAndHint(quotas, milliseconds(3'200)); }},
      {"token_bucket",
       [](auto& quotas, auto) {
         return EachAndHint(quotas, [](Quota q) { return MakeGcra(q, q.limit); });
       }},
      {"gcra", [](auto& quotas,
                  auto) { return EachAndHint(quotas, [](Quota q) { return MakeGcra(q, 1); }); }},
      {"fixed_window", [](auto& quotas, auto) { return EachAndHint(quotas, &MakeFixedWindow); }},
      {"sliding_log_send",
       [](auto& quotas, auto) {
         return EachAndHint(quotas, [](Quota q) { return MakeSlidingLog(q, Stamp::kAtSend); });
       }},
      {"sliding_log_response",
       [](auto& quotas, auto) {
         return EachAndHint(quotas, [](Quota q) { return MakeSlidingLog(q, Stamp::kAtAnswer); });
       }},
      {"aimd", [](auto&, auto) { return Pair(MakeAimd({}), MakeHint(kUnhinted)); }},
      {"aws_adaptive",
       [](auto&, auto seed) { return Pair(MakeAwsAdaptive(), BackoffWith(Jitter::kFull, seed)); }},
      {"sre_adaptive",
       [](auto&, auto seed) {
         return Pair(MakeSreAdaptive({.seed = seed}), BackoffWith(Jitter::kFull, seed + 1));
       }},
      {"default",
       [](auto& quotas, auto) { return MakeLearning({.quotas = quotas, .unhinted = kUnhinted}); }},
  };
}

}  // namespace

const std::vector<NamedStrategy>& NamedStrategies() {
  static const std::vector<NamedStrategy> strategies = [] {
    std::vector<NamedStrategy> all = OurStrategies();
    for (NamedStrategy& own : OwnStrategies()) all.push_back(std::move(own));
    return all;
  }();
  return strategies;
}

}  // namespace kondor::limiter
