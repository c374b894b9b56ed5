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
constexpr std::int64_t kLargest = 1 << 23;

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

// Decisions over `pairs` addresses and as many keys, all live. Moves `skip` on as it goes.
template <class Books>
void Visit(benchmark::State& state, Books& books, std::uint64_t pairs, Duration* skip) {
  Shuffled visitor(pairs);
  std::uint64_t refused = 0;
  for (auto _ : state) {
    const std::uint64_t n = visitor.value();
    const auto decision = books.Decide(kClock.Now() + *skip, Address(n), Key(n ^ 1));
    refused += decision.admitted() ? 0 : 1;
    if (visitor.Next()) *skip += std::chrono::seconds(3);
  }
  *skip += std::chrono::seconds(3);
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

// Books that stay filled between the runs of one benchmark, which tries a few lengths.
template <class Books>
struct Filled {
  std::unique_ptr<Books> books;
  std::uint64_t pairs = 0;
  Duration skip{0};

  template <class Make>
  void Prepare(std::uint64_t wanted, int rounds, const Make& make) {
    if (pairs != wanted) {
      books.reset();
      books = make();
      pairs = wanted;
      skip = Fill(*books, pairs, rounds);
    }
  }
};

// A million identities' logs hold a few calls each: filling them takes longer than measuring.
int Rounds(std::uint64_t pairs) { return pairs > 100'000 ? 3 : 20; }

void Decide(benchmark::State& state) {
  static Filled<Ledger> filled;
  const auto pairs = static_cast<std::uint64_t>(state.range(0)) / 2;
  filled.Prepare(pairs, Rounds(pairs), [] { return std::make_unique<Ledger>(Reading{}); });
  Visit(state, *filled.books, pairs, &filled.skip);
  ReportBytes(state, *filled.books);
  if (state.range(0) == kLargest) filled = {};
}
BENCHMARK(Decide)->RangeMultiplier(8)->Range(1 << 10, 1 << 20)->Arg(kLargest);

void DecideThePlainWay(benchmark::State& state) {
  static Filled<PlainLedger> filled;
  const auto pairs = static_cast<std::uint64_t>(state.range(0)) / 2;
  filled.Prepare(pairs, Rounds(pairs), [] { return std::make_unique<PlainLedger>(); });
  Visit(state, *filled.books, pairs, &filled.skip);
  ReportBytes(state, *filled.books);
}
BENCHMARK(DecideThePlainWay)->Arg(1 << 10)->Arg(1 << 20);

// Bytes an identity just after the table has doubled, where they are most.
void FillToTheWorstLoad(benchmark::State& state) {
  for (auto _ : state) {
    Ledger ledger(Reading{});
    double worst = 0;
    double worst_at = 0;
    const auto end = static_cast<std::uint64_t>(state.range(0));
    for (std::uint64_t n = 0; n < end; ++n) {
      benchmark::DoNotOptimize(ledger.Decide(TimePoint{}, Address(n), {}));
      if (n < end / 4 || n % (end / 256) != 0) continue;
      const double now =
          static_cast<double>(ledger.bytes()) / static_cast<double>(ledger.identities());
      if (now > worst) {
        worst = now;
        worst_at = static_cast<double>(ledger.identities());
      }
    }
    state.counters["bytes_per_identity_worst"] = worst;
    state.counters["worst_at_identities"] = worst_at;
  }
}
BENCHMARK(FillToTheWorstLoad)->Arg(1 << 14)->Arg(1 << 17)->Arg(1 << 20)->Iterations(1);

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

// One load that waits for the load before it, over as much memory as a million identities take.
void OneMissOfTheCaches(benchmark::State& state) {
  constexpr std::uint64_t kLines = (std::uint64_t{112} << 20) / 64;
  struct alignas(64) Line {
    std::uint64_t next;
  };
  static const std::vector<Line> lines = [] {
    std::vector<Line> made(kLines);
    for (std::uint64_t n = 0; n < kLines; ++n) {
      made[n].next = (n * 2862933555777941757ULL + 3037000493ULL) % kLines;
    }
    return made;
  }();
  std::uint64_t at = 0;
  std::uint64_t step = 0;
  for (auto _ : state) {
    at = (lines[at].next + ++step * 40503) % kLines;
    benchmark::DoNotOptimize(at);
  }
}
BENCHMARK(OneMissOfTheCaches);

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
