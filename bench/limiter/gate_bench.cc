// What a gate adds: Enter and Settle of a call that may go at once. Without contention, and with
// threads that do nothing else, which no caller of an API does.
#include <benchmark/benchmark.h>

#include <memory>

#include "base/clock.h"
#include "base/sleeper.h"
#include "client/limiter/gate.h"
#include "client/limiter/learning.h"

namespace kondor::limiter {
namespace {

class StandsStill final : public Clock {
 public:
  TimePoint Now() const noexcept override { return FromUnixMicros(1'767'225'600'000'000); }
};

class LetsAllIn final : public Strategy {
 public:
  TimePoint Check(TimePoint now) const override { return now; }
  void Take(TimePoint, CallId) override {}
  void Settle(TimePoint, CallId, const Answer&) override {}
};

// Nobody waits here.
class NeverSleeps final : public Sleeper {
 public:
  void SleepUntil(TimePoint, std::stop_token) override {}
};

void EnterAndSettle(benchmark::State& state, Gate& gate) {
  for (auto _ : state) {
    Result<Pass> pass = gate.Enter(TimePoint::max());
    if (!pass) return state.SkipWithError("not let in");
    pass->Settle({Answer::Fate::kAdmitted});
  }
}

// The gate alone: the clock costs nothing, nor does the strategy.
void GateAlone(benchmark::State& state) {
  static const StandsStill clock;
  static NeverSleeps sleeper;
  static Gate gate(std::make_unique<LetsAllIn>(), clock, sleeper);
  EnterAndSettle(state, gate);
}
BENCHMARK(GateAlone)->Threads(1)->Threads(2)->Threads(8)->UseRealTime();

// With the machine's clock, read twice, and the default strategy, of a quota that is never used up.
void GateWithClockAndDefault(benchmark::State& state) {
  static const SystemClock clock;
  static SystemSleeper sleeper(clock);
  static Gate gate(MakeLearning({.quotas = {{1'000, std::chrono::microseconds(1)}}}), clock,
                   sleeper);
  EnterAndSettle(state, gate);
}
BENCHMARK(GateWithClockAndDefault)->Threads(1)->Threads(2)->Threads(8)->UseRealTime();

}  // namespace
}  // namespace kondor::limiter
