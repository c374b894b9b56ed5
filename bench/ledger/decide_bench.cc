// What a decision of the ledger costs: an address and a key, both windows, the exact sliding log,
// and the clock that is read for it. Beside it: its parts, and the same decision the plain way.
//
// The sandbox clock is the machine's plus a skip, because a decision must be admitted to be the one
// measured and an identity is admitted once a second: each visit to all identities skips 3 s on.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "mock_server/ledger/ledger.h"
#include "plain_ledger.h"

namespace kondor::ledger {
namespace {

const SystemClock kClock;

IpIdentity Address(std::uint64_t n) { return {IpIdentity::Family::kV4, 0x0A000000 + n}; }
KeyIdentity Key(std::uint64_t n) { return KeyIdentity{static_cast<std::uint32_t>(n + 1)}; }

// 0 .. size-1, each once, in an order that no prefetcher guesses. REQUIRES: size a power of two.
class Shuffled {
 public:
  explicit Shuffled(std::uint64_t size) : mask_(size - 1) {}
  // True when all have been visited and it starts over.
  bool Next() {
    state_ = (state_ * 6364136223846793005ULL + 1442695040888963407ULL) & mask_;
    return state_ == 0;
  }
  std::uint64_t value() const { return (state_ ^ (state_ >> 7)) & mask_; }

 private:
  const std::uint64_t mask_;
  std::uint64_t state_ = 0;
};

// Decisions over `pairs` addresses and as many keys, all live, with their logs full.
template <class Books>
void Visit(benchmark::State& state, Books& books, std::uint64_t first, std::uint64_t pairs,
           Duration skip) {
  Shuffled visitor(pairs);
  std::uint64_t refused = 0;
  for (auto _ : state) {
    const std::uint64_t n = first + visitor.value();
    const auto decision = books.Decide(kClock.Now() + skip, Address(n), Key(n ^ 1));
    refused += decision.admitted() ? 0 : 1;
    if (visitor.Next()) skip += std::chrono::seconds(3);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["refused"] =
      static_cast<double>(refused) / static_cast<double>(state.iterations());
}

// Fills every log: 20 rounds, 3 s apart. Returns the skip to go on with.
template <class Books>
Duration Fill(Books& books, std::uint64_t pairs, int rounds) {
  Duration skip{0};
  for (int round = 0; round < rounds; ++round) {
    for (std::uint64_t n = 0; n < pairs; ++n) {
      benchmark::DoNotOptimize(books.Decide(kClock.Now() + skip, Address(n), Key(n)));
    }
    skip += std::chrono::seconds(3);
  }
  return skip + std::chrono::seconds(60);
}

template <class Books>
void ReportBytes(benchmark::State& state, const Books& books) {
  state.counters["identities"] = static_cast<double>(books.identities());
  state.counters["bytes_per_identity"] =
      static_cast<double>(books.bytes()) / static_cast<double>(books.identities());
}

void Decide(benchmark::State& state) {
  const auto pairs = static_cast<std::uint64_t>(state.range(0)) / 2;
  Ledger ledger(Reading{});
  const Duration skip = Fill(ledger, pairs, pairs > 1'000'000 ? 2 : 20);
  Visit(state, ledger, 0, pairs, skip);
  ReportBytes(state, ledger);
}
BENCHMARK(Decide)->RangeMultiplier(8)->Range(1 << 10, 1 << 20)->Arg(1 << 24);

void DecideThePlainWay(benchmark::State& state) {
  const auto pairs = static_cast<std::uint64_t>(state.range(0)) / 2;
  PlainLedger plain;
  const Duration skip = Fill(plain, pairs, 20);
  Visit(state, plain, 0, pairs, skip);
  ReportBytes(state, plain);
}
BENCHMARK(DecideThePlainWay)->Arg(1 << 10)->Arg(1 << 20);

// Distinct keys and addresses, one ledger.
void DecideOnThreads(benchmark::State& state) {
  static std::unique_ptr<Ledger> ledger;
  static Duration skip;
  constexpr std::uint64_t kPairs = 512;
  if (state.thread_index() == 0) {
    ledger = std::make_unique<Ledger>(Reading{});
    skip = Fill(*ledger, 2 * kPairs, 20);
  }
  // The loop below begins when all threads have come to it.
  Shuffled visitor(kPairs);
  Duration mine{};
  const std::uint64_t first = static_cast<std::uint64_t>(state.thread_index()) * kPairs;
  for (auto _ : state) {
    if (mine == Duration{}) mine = skip;
    const std::uint64_t n = first + visitor.value();
    benchmark::DoNotOptimize(ledger->Decide(kClock.Now() + mine, Address(n), Key(n ^ 1)));
    if (visitor.Next()) mine += std::chrono::seconds(3);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(DecideOnThreads)->Threads(1)->Threads(2)->UseRealTime();

void DecideRefused(benchmark::State& state) {
  Ledger ledger(Reading{});
  constexpr std::uint64_t kPairs = 512;
  const TimePoint start = kClock.Now();
  for (std::uint64_t n = 0; n < kPairs; ++n) {
    benchmark::DoNotOptimize(ledger.Decide(start, Address(n), Key(n)));
  }
  Shuffled visitor(kPairs);
  std::uint64_t refused = 0;
  for (auto _ : state) {
    const std::uint64_t n = visitor.value();
    benchmark::DoNotOptimize(kClock.Now());  // read, as always, but every call comes at one instant
    refused += ledger.Decide(start, Address(n), Key(n ^ 1)).admitted() ? 0 : 1;
    visitor.Next();
  }
  state.counters["refused"] =
      static_cast<double>(refused) / static_cast<double>(state.iterations());
}
BENCHMARK(DecideRefused);

// A fresh address each time, without a key: entered while there are places, then turned away.
void DecideInAFlood(benchmark::State& state) {
  LedgerOptions options;
  options.anonymous_identities_max = static_cast<std::size_t>(state.range(0));
  Ledger ledger(Reading{}, options);
  std::uint64_t n = 0;
  if (state.range(1) != 0) {
    for (; n < options.anonymous_identities_max; ++n) {
      benchmark::DoNotOptimize(ledger.Decide(kClock.Now(), Address(n), {}));
    }
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(ledger.Decide(kClock.Now(), Address(n++), {}));
  }
  ReportBytes(state, ledger);
}
BENCHMARK(DecideInAFlood)->ArgNames({"places", "full"})->Args({1 << 20, 1});
BENCHMARK(DecideInAFlood)->ArgNames({"places", "full"})->Args({1 << 23, 0})->Iterations(1 << 20);

void OpenDecideClose(benchmark::State& state) {
  for (auto _ : state) {
    Ledger ledger(Reading{});
    benchmark::DoNotOptimize(ledger.Decide(kClock.Now(), Address(1), Key(1)));
  }
  Ledger ledger(Reading{});
  state.counters["bytes_before_use"] = static_cast<double>(ledger.bytes());
  ledger.Decide(kClock.Now(), Address(1), Key(1));
  state.counters["bytes_after_a_call"] = static_cast<double>(ledger.bytes());
}
BENCHMARK(OpenDecideClose);

void TheClockAlone(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(kClock.Now());
}
BENCHMARK(TheClockAlone);

void OneCompareAndSwap(benchmark::State& state) {
  std::atomic<std::uint64_t> word{0};
  std::uint64_t expected = 0;
  for (auto _ : state) {
    word.compare_exchange_strong(expected, expected + 1);
    benchmark::DoNotOptimize(expected);
  }
}
BENCHMARK(OneCompareAndSwap);

}  // namespace
}  // namespace kondor::ledger
