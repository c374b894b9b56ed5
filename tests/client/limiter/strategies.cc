#include "tests/client/limiter/strategies.h"

#include "client/limiter/all_of.h"
#include "client/limiter/learning.h"
#include "client/limiter/reactive.h"
#include "client/limiter/windows.h"

namespace kondor::limiter {

std::vector<TriedStrategy> AllStrategies() {
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  static constexpr Quota kOdd{7, seconds(10)};  // no whole nanosecond for each call
  return {
      {"pace", [] { return MakePace(milliseconds(1'050)); }},
      {"gcra", [] { return MakeGcra(kOdd, 1); }},
      {"gcra_burst", [] { return MakeGcra(kOdd, 3); }},
      {"token_bucket", [] { return MakeGcra(kOdd, kOdd.limit); }},
      {"fixed_window", [] { return MakeFixedWindow(kOdd); }},
      {"sliding_log_send", [] { return MakeSlidingLog(kOdd, Stamp::kAtSend); }},
      {"sliding_log_response", [] { return MakeSlidingLog(kOdd, Stamp::kAtAnswer); }},
      {"hint", [] { return MakeHint(seconds(60)); }},
      {"backoff", [] { return MakeBackoff({.jitter = BackoffOptions::Jitter::kNone}); }},
      {"full_jitter", [] { return MakeBackoff({}); }},
      {"aimd", [] { return MakeAimd({}); }},
      {"aws_adaptive", [] { return MakeAwsAdaptive(); }},
      {"sre_adaptive", [] { return MakeSreAdaptive({}); }},
      {"learning",
       [] {
         return MakeLearning({.quotas = {{1, seconds(1)}, {20, seconds(60)}}});
       }},
      {"all_of",
       [] {
         std::vector<StrategyPtr> parts;
         parts.push_back(MakeSlidingLog({1, seconds(1)}, Stamp::kAtSend));
         parts.push_back(MakeSlidingLog(kOdd, Stamp::kAtAnswer));
         parts.push_back(MakeHint(seconds(60)));
         return MakeAllOf(std::move(parts));
       }},
  };
}

}  // namespace kondor::limiter
