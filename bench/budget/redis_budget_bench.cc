// What a call costs through a budget in a Redis: Enter and Settle, nobody waiting; two round trips.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "bench/budget/redis_server.h"
#include "client/budget/redis_budget.h"
#include "client/limiter/learning.h"
#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

const SystemClock kClock;

BenchRedis* Server() {
  static const std::unique_ptr<BenchRedis> server = BenchRedis::Start();
  return server.get();
}

Terms FixedWindow() {
  constexpr Quota quota{4'000'000'000, std::chrono::seconds(1)};
  return MakeTerms("fixed_window", {quota}, [quota] { return MakeFixedWindow(quota); });
}
Terms Learning() {
  const std::vector<Quota> quotas = {{1'000, std::chrono::microseconds(1)}};
  return MakeTerms("learning", quotas, [quotas] { return MakeLearning({.quotas = quotas}); });
}

void Share(benchmark::State& state, const std::string& address, const Terms& terms) {
  SystemSleeper sleeper(kClock);
  auto budget =
      OpenRedisBudget({.address = address, .name = terms.description.substr(0, 8), .terms = terms},
                      kClock, sleeper);
  if (!budget) return state.SkipWithError(budget.error().message.c_str());
  for (auto _ : state) {
    Result<Pass> pass = (*budget)->Enter(TimePoint::max());
    if (!pass) return state.SkipWithError(pass.error().message.c_str());
    pass->Settle({});
  }
}

void BM_RedisBudgetOnLoopback(benchmark::State& state) {
  if (Server() == nullptr) return state.SkipWithError("there is no redis-server here");
  Share(state, Server()->loopback_address(), FixedWindow());
}
BENCHMARK(BM_RedisBudgetOnLoopback)->UseRealTime();

void BM_RedisBudgetOnLoopbackLearning(benchmark::State& state) {
  if (Server() == nullptr) return state.SkipWithError("there is no redis-server here");
  Share(state, Server()->loopback_address(), Learning());
}
BENCHMARK(BM_RedisBudgetOnLoopbackLearning)->UseRealTime();

void BM_RedisBudgetOnASocket(benchmark::State& state) {
  if (Server() == nullptr) return state.SkipWithError("there is no redis-server here");
  Share(state, Server()->socket_address(), FixedWindow());
}
BENCHMARK(BM_RedisBudgetOnASocket)->UseRealTime();

}  // namespace
}  // namespace kondor::limiter
