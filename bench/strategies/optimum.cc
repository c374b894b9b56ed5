#include "bench/strategies/optimum.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "mock_server/ledger/ledger.h"

namespace kondor::bench {
namespace {

using std::chrono::seconds;

constexpr ledger::IpIdentity kIp{ledger::IpIdentity::Family::kV4, 1};

// The first instant from `now` on at which the books would admit. Asking changes nothing, not even
// under a lock-out.
TimePoint Admitted(const ledger::Ledger& books, TimePoint now, ledger::KeyIdentity key) {
  TimePoint earliest = now;
  for (const ledger::CounterView& view : books.Inspect(now, kIp, key)) {
    earliest = std::max(earliest, view.next_admitted);
  }
  return earliest;
}

// Each wish as early as it can be, in the order given.
TimePoint Greedy(const ledger::Reading& reading, TimePoint begin, std::vector<Duration> wishes) {
  std::sort(wishes.begin(), wishes.end());
  ledger::Ledger books(reading);
  constexpr ledger::KeyIdentity kKey{1};
  TimePoint last = begin;
  for (const Duration wish : wishes) {
    last = Admitted(books, std::max(last, begin + wish), kKey);
    books.Decide(last, kIp, kKey);
  }
  return last;
}

// --- the sliding counter
// --------------------------------------------------------------------------- What its windows
// remember of each other are counts alone, so the search goes over these. A window is a minute of
// 60 slots, for the counter of the second leaves one call to each.

constexpr int kSlots = 60;
constexpr int kNever = 1 << 30;

// In which slot the last of `calls` goes at the earliest after a minute of `before` calls, when
// slots before `from` are over; kNever when they do not fit.
int LastSlot(int limit, int before, int calls, int from) {
  int slot = from - 1;
  for (int k = 0; k < calls; ++k) {
    ++slot;
    // before x (1 - slot / 60) + k < limit, by a hair in its slot where it would be equal.
    while (slot < kSlots && before * (kSlots - slot) > (limit - k) * kSlots) ++slot;
    if (before == 0 && k >= limit) return kNever;
    if (slot >= kSlots) return kNever;
  }
  return slot;
}

Duration SearchCounts(int limit, int calls, int from) {
  struct Reached {
    int before = 0;  // calls of the minute that has just ended
    int left = 0;
    bool operator<(const Reached& other) const {
      return std::pair(before, left) < std::pair(other.before, other.left);
    }
  };
  std::set<Reached> reached = {{0, calls}};
  for (int minute = 0;; ++minute, from = 0) {
    int soonest = kNever;
    std::set<Reached> next;
    for (const Reached& state : reached) {
      soonest = std::min(soonest, LastSlot(limit, state.before, state.left, from));
      for (int made = 0; made <= std::min(limit, state.left - 1); ++made) {
        if (LastSlot(limit, state.before, made, from) == kNever) break;
        next.insert({made, state.left - made});
      }
    }
    if (soonest != kNever) return seconds(minute * kSlots + soonest);
    reached = std::move(next);
  }
}

bool AllAtOnce(const std::vector<Duration>& wishes) {
  return std::all_of(wishes.begin(), wishes.end(), [](Duration d) { return d == Duration{}; });
}

Duration OptimumOf(const ledger::Reading& reading, Duration phase,
                   const std::vector<Duration>& wishes) {
  const TimePoint begin = BeginOf(phase);
  const Duration greedy = Greedy(reading, begin, wishes) - begin;
  if (reading.window != ledger::Window::kSlidingCounter || !AllAtOnce(wishes)) return greedy;
  const Duration searched =
      SearchCounts(static_cast<int>(reading.per_minute), static_cast<int>(wishes.size()),
                   static_cast<int>(phase / seconds(1))) -
      std::chrono::floor<seconds>(phase);
  return std::min(greedy, searched);
}

}  // namespace

Duration Optimum(const ledger::Reading& reading, const Scenario& scenario) {
  // Pairs of address and key do not know each other; all others share the address's counters.
  const bool apart = reading.scope == ledger::Scope::kPair;
  std::array<std::vector<Duration>, 3> wishes;  // of everybody, and of keys 1 and 2
  for (const Worker& worker : scenario.workers) {
    auto& its = wishes[apart ? worker.key : 0];
    its.insert(its.end(), worker.intended.begin(), worker.intended.end());
  }
  Duration last{};
  for (const auto& of_counters : wishes) {
    last = std::max(last, OptimumOf(reading, scenario.phase, of_counters));
  }
  return last;
}

}  // namespace kondor::bench
