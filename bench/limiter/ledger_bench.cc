// The other side of a call: the mock's books, so that both stand in one report. bench/ledger has
// more of them.
#include <benchmark/benchmark.h>

#include <memory>

#include "base/clock.h"
#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {
namespace {

// An address and its key, a call every three seconds of the books' time. Threads share
// the books, but neither address nor key.
void LedgerDecide(benchmark::State& state) {
  static Ledger ledger{Reading{}};
  const auto thread = static_cast<std::uint32_t>(state.thread_index());
  TimePoint now = FromUnixMicros(1'767'225'600'000'000);
  for (auto _ : state) {
    now += std::chrono::seconds(3);
    benchmark::DoNotOptimize(
        ledger.Decide(now, {IpIdentity::Family::kV4, thread + 1}, KeyIdentity{thread + 1}));
  }
}
BENCHMARK(LedgerDecide)->Threads(1)->Threads(2)->Threads(8)->UseRealTime();

}  // namespace
}  // namespace kondor::ledger
