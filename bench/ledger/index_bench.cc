// Why the ledger has a hash table of its own: finding the records of an address and a key among a
// million, once through absl::flat_hash_set and once through ledger::Index. The set touches a
// record to compare it, so the second look-up waits for the first; the index offers candidates,
// so that both records can be asked for before either is waited for.
#include <absl/container/flat_hash_set.h>
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <vector>

#include "mock_server/ledger/index.h"

namespace kondor::ledger {
namespace {

struct Entry {
  std::uint64_t id = 0;
  std::array<std::uint64_t, 13> rest{};  // 112 bytes, as a record of the ledger
};

std::uint64_t HashOf(std::uint64_t id) {
  id *= 0x9E3779B97F4A7C15ULL;
  return (id ^ (id >> 32)) * 0xD6E8FEB86659FD93ULL;
}

struct Entries {
  explicit Entries(std::uint64_t size) : all(size + 1) {
    for (std::uint64_t n = 1; n <= size; ++n) all[n].id = n;
  }
  std::uint64_t Pick(std::uint64_t n) const { return 1 + HashOf(n) % (all.size() - 1); }

  std::vector<Entry> all;  // by number; 0 is nobody's
};

struct SetHash {
  using is_transparent = void;
  const std::vector<Entry>* all;
  std::size_t operator()(std::uint32_t number) const { return HashOf((*all)[number].id); }
  std::size_t operator()(std::uint64_t id) const { return HashOf(id); }
};

struct SetEqual {
  using is_transparent = void;
  const std::vector<Entry>* all;
  bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
  bool operator()(std::uint32_t a, std::uint64_t id) const { return (*all)[a].id == id; }
};

void TwoFromTheSet(benchmark::State& state) {
  const Entries entries(static_cast<std::uint64_t>(state.range(0)));
  absl::flat_hash_set<std::uint32_t, SetHash, SetEqual> set(0, SetHash{&entries.all},
                                                            SetEqual{&entries.all});
  for (std::uint32_t n = 1; n < entries.all.size(); ++n) set.insert(n);
  std::uint64_t n = 0;
  for (auto _ : state) {
    const auto first = set.find(entries.Pick(n++));
    const auto second = set.find(entries.Pick(n++));
    benchmark::DoNotOptimize(entries.all[*first].rest[5] + entries.all[*second].rest[5]);
  }
  state.counters["table_bytes_each"] =
      5.0 * static_cast<double>(set.capacity()) / static_cast<double>(set.size());
}
BENCHMARK(TwoFromTheSet)->Arg(1'000)->Arg(1'000'000);

struct Hashes {
  const std::vector<Entry>& all;
  std::uint64_t operator()(std::uint32_t number) const { return HashOf(all[number].id); }
  void Prefetch(std::uint32_t number) const { __builtin_prefetch(&all[number]); }
};

void TwoFromTheIndex(benchmark::State& state) {
  const Entries entries(static_cast<std::uint64_t>(state.range(0)));
  const auto& all = entries.all;
  Index index;
  for (std::uint32_t n = 1; n < all.size(); ++n) index.Insert(HashOf(n), n, Hashes{all});
  const auto confirm = [&](std::uint64_t id, std::uint32_t slot) {
    while (all[index.At(slot)].id != id) slot = index.Next(HashOf(id), slot);
    return index.At(slot);
  };
  std::uint64_t n = 0;
  for (auto _ : state) {
    const std::uint64_t first = entries.Pick(n++);
    const std::uint64_t second = entries.Pick(n++);
    index.Prefetch(HashOf(second));
    const std::uint32_t first_slot = index.First(HashOf(first));
    __builtin_prefetch(&all[index.At(first_slot)]);
    const std::uint32_t second_slot = index.First(HashOf(second));
    __builtin_prefetch(&all[index.At(second_slot)]);
    benchmark::DoNotOptimize(all[confirm(first, first_slot)].rest[5] +
                             all[confirm(second, second_slot)].rest[5]);
  }
  state.counters["table_bytes_each"] =
      static_cast<double>(index.bytes()) / static_cast<double>(index.size());
}
BENCHMARK(TwoFromTheIndex)->Arg(1'000)->Arg(1'000'000);

}  // namespace
}  // namespace kondor::ledger
