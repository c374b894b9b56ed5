// What a call costs through a budget in a file: Enter and Settle, nobody waiting. Beside it: the
// same through a gate, which is for the threads of one process only.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "client/budget/file_budget.h"
#include "client/limiter/gate.h"
#include "client/limiter/learning.h"
#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

const SystemClock kClock;

// A quota that nobody reaches: what is measured is the way there.
Terms FixedWindow() {
  constexpr Quota quota{4'000'000'000, std::chrono::seconds(1)};
  return MakeTerms("fixed_window", {quota}, [quota] { return MakeFixedWindow(quota); });
}

// The strategy that is usual, with a thousand calls in its books.
Terms Learning() {
  const std::vector<Quota> quotas = {{1'000, std::chrono::microseconds(1)}};
  return MakeTerms("learning", quotas, [quotas] { return MakeLearning({.quotas = quotas}); });
}

std::string NewFile() {
  static std::atomic<int> files{0};
  const std::string name =
      "kondor-bench-" + std::to_string(::getpid()) + "-" + std::to_string(++files) + ".budget";
  return (std::filesystem::temp_directory_path() / name).string();
}

void Play(benchmark::State& state, Budget& budget) {
  for (auto _ : state) {
    Result<Pass> pass = budget.Enter(TimePoint::max());
    if (!pass) {
      state.SkipWithError(pass.error().message.c_str());
      return;
    }
    pass->Settle({});
  }
}

void Share(benchmark::State& state, const Terms& terms) {
  const std::string path = NewFile();
  SystemSleeper sleeper(kClock);
  auto budget = OpenFileBudget({path, terms}, kClock, sleeper);
  if (!budget) return state.SkipWithError(budget.error().message.c_str());
  Play(state, **budget);
  std::filesystem::remove(path);
}

void BM_FileBudget(benchmark::State& state) { Share(state, FixedWindow()); }
BENCHMARK(BM_FileBudget)->UseRealTime();

void BM_FileBudgetLearning(benchmark::State& state) { Share(state, Learning()); }
BENCHMARK(BM_FileBudgetLearning)->UseRealTime();

// Each reads what the other wrote.
void BM_FileBudgetOfTwoInTurn(benchmark::State& state) {
  const std::string path = NewFile();
  SystemSleeper sleeper(kClock);
  auto one = OpenFileBudget({path, FixedWindow()}, kClock, sleeper);
  auto other = OpenFileBudget({path, FixedWindow()}, kClock, sleeper);
  if (!one || !other) return state.SkipWithError("cannot open the file");
  for (auto _ : state) {
    (*one)->Enter(TimePoint::max())->Settle({});
    std::swap(*one, *other);
  }
  std::filesystem::remove(path);
}
BENCHMARK(BM_FileBudgetOfTwoInTurn)->UseRealTime();

void BM_OpenFileBudget(benchmark::State& state) {
  const std::string path = NewFile();
  SystemSleeper sleeper(kClock);
  auto first = OpenFileBudget({path, FixedWindow()}, kClock, sleeper);
  for (auto _ : state)
    benchmark::DoNotOptimize(OpenFileBudget({path, FixedWindow()}, kClock, sleeper));
  std::filesystem::remove(path);
}
BENCHMARK(BM_OpenFileBudget)->UseRealTime();

void BM_Gate(benchmark::State& state) {
  SystemSleeper sleeper(kClock);
  Gate gate(FixedWindow().make(), kClock, sleeper);
  Play(state, gate);
}
BENCHMARK(BM_Gate);

}  // namespace
}  // namespace kondor::limiter
