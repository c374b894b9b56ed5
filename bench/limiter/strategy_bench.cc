// What a strategy takes for one call: Check, Take at the instant it names, and Settle. Time is
// passed in, so no clock is in these figures; TheClockAlone shows what one adds. Each thread has a
// strategy of its own, for that is how they are used: whoever shares one puts a gate before it.
#include <benchmark/benchmark.h>

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "client/limiter/all_of.h"
#include "client/limiter/learning.h"
#include "client/limiter/reactive.h"
#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

using std::chrono::seconds;

constexpr TimePoint kBegin = FromUnixMicros(1'767'225'600'000'000);
constexpr Quota kMinute{20, seconds(60)};

using Make = std::function<StrategyPtr()>;

// What a strategy that never settles anything pays for a call.
void CheckTake(benchmark::State& state, const Make& make) {
  const StrategyPtr strategy = make();
  TimePoint now = kBegin;
  CallId call = 0;
  for (auto _ : state) {
    now = strategy->Check(now);
    strategy->Take(now, ++call);
  }
  benchmark::DoNotOptimize(now);
}

void CheckTakeSettle(benchmark::State& state, const Make& make) {
  const StrategyPtr strategy = make();
  TimePoint now = kBegin;
  CallId call = 0;
  for (auto _ : state) {
    now = strategy->Check(now);
    strategy->Take(now, ++call);
    strategy->Settle(now, call, {});
  }
  benchmark::DoNotOptimize(now);
}

// A call that may not go yet costs this until it may.
void CheckAlone(benchmark::State& state, const Make& make) {
  const StrategyPtr strategy = make();
  for (CallId call = 1; call <= kMinute.limit; ++call) {
    const TimePoint now = strategy->Check(kBegin);
    strategy->Take(now, call);
    strategy->Settle(now, call, {});
  }
  TimePoint now = kBegin;
  for (auto _ : state) {
    benchmark::DoNotOptimize(now);
    benchmark::DoNotOptimize(strategy->Check(now));
  }
}

StrategyPtr Whole(const std::function<StrategyPtr(Quota)>& make) {
  std::vector<StrategyPtr> parts;
  parts.push_back(make({1, seconds(1)}));
  parts.push_back(make(kMinute));
  parts.push_back(MakeHint(seconds(60)));
  return MakeAllOf(std::move(parts));
}

struct Case {
  std::string name;
  Make make;
};

// One window each, where not said otherwise.
std::vector<Case> Cases() {
  const auto log_at_send = [](Quota q) { return MakeSlidingLog(q, Stamp::kAtSend); };
  const auto log_at_answer = [](Quota q) { return MakeSlidingLog(q, Stamp::kAtAnswer); };
  return {
      {"pace", [] { return MakePace(seconds(3)); }},
      {"gcra", [] { return MakeGcra(kMinute, 1); }},
      {"token_bucket", [] { return MakeGcra(kMinute, kMinute.limit); }},
      {"fixed_window", [] { return MakeFixedWindow(kMinute); }},
      {"sliding_log_send", [=] { return log_at_send(kMinute); }},
      {"sliding_log_response", [=] { return log_at_answer(kMinute); }},
      {"hint", [] { return MakeHint(seconds(60)); }},
      {"full_jitter", [] { return MakeBackoff({}); }},
      {"aimd", [] { return MakeAimd({}); }},
      {"aws_adaptive", [] { return MakeAwsAdaptive(); }},
      {"sre_adaptive", [] { return MakeSreAdaptive({}); }},
      {"all_of/two_logs_send_and_hint", [=] { return Whole(log_at_send); }},
      {"all_of/two_logs_response_and_hint", [=] { return Whole(log_at_answer); }},
      {"default",
       [] {
         return MakeLearning({.quotas = {{1, seconds(1)}, kMinute}});
       }},
  };
}

void TheClockAlone(benchmark::State& state) {
  const SystemClock clock;
  for (auto _ : state) benchmark::DoNotOptimize(clock.Now());
}
BENCHMARK(TheClockAlone);

// Those that know a call only once it is settled cannot do without.
bool NeedsAnswers(const std::string& name) {
  return name.find("response") != std::string::npos || name == "default";
}

const bool kRegistered = [] {
  for (const Case& one : Cases()) {
    const auto in_threads = [](benchmark::internal::Benchmark* made) {
      made->Threads(1)->Threads(2)->Threads(8);
    };
    if (!NeedsAnswers(one.name)) {
      benchmark::RegisterBenchmark(("CheckTake/" + one.name).c_str(), CheckTake, one.make)
          ->Apply(in_threads);
    }
    benchmark::RegisterBenchmark(("CheckTakeSettle/" + one.name).c_str(), CheckTakeSettle, one.make)
        ->Apply(in_threads);
    benchmark::RegisterBenchmark(("Check/" + one.name).c_str(), CheckAlone, one.make);
  }
  return true;
}();

}  // namespace
}  // namespace kondor::limiter
