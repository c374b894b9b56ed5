#include "scenarios/run/crew.h"

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

#include "base/mutex.h"
#include "base/rng.h"

namespace kondor::scenarios {
namespace {

// Tells of progress, one thread at a time. Thread-safe.
class Tally {
 public:
  Tally(std::size_t all, const CrewOptions& options) : all_(all), options_(options) {}

  void Add(Verdict verdict) KONDOR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    ++done_;
    if (verdict == Verdict::kFail) ++failed_;
    if (options_.on_progress) options_.on_progress(done_, all_, failed_);
  }

 private:
  const std::size_t all_;
  const CrewOptions& options_;
  Mutex mutex_;
  std::size_t done_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::size_t failed_ KONDOR_GUARDED_BY(mutex_) = 0;
};

// Notices that the target has gone. Thread-safe.
class Vigil {
 public:
  explicit Vigil(const Target& target) : target_(target) {}

  // The same as stop once it has gone.
  bool HasGone() const { return gone_; }

  void Look(const Outcome& outcome) KONDOR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    unanswered_ = outcome.answer == Answer::kNone ? unanswered_ + 1 : 0;
    if (unanswered_ < kInARow || gone_) return;
    unanswered_ = 0;
    if (const Result<void> knocked = target_.Knock(); !knocked) {
      error_ = knocked.error();
      gone_ = true;
    }
  }

  std::optional<Error> error() const KONDOR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    return error_;
  }

 private:
  static constexpr int kInARow = 3;

  const Target& target_;
  std::atomic<bool> gone_ = false;
  mutable Mutex mutex_;
  int unanswered_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::optional<Error> error_ KONDOR_GUARDED_BY(mutex_);
};

// Empty for the order as written.
std::vector<std::size_t> OrderOf(std::size_t count, const CrewOptions& options) {
  if (options.order == Order::kAsWritten) return {};
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  Rng rng(options.seed);
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[rng.Below(i)]);
  return order;
}

using Numbered = std::pair<std::size_t, Played>;  // its place in the order as written

Results Merged(std::vector<std::vector<Numbered>> parts, std::size_t all) {
  std::vector<Numbered> numbered;
  for (std::vector<Numbered>& part : parts) std::ranges::move(part, std::back_inserter(numbered));
  std::ranges::sort(numbered, {}, &Numbered::first);
  Results results;
  results.not_played = all - numbered.size();
  for (Numbered& one : numbered) results.played.push_back(std::move(one.second));
  return results;
}

}  // namespace

std::uint64_t SeedOf(const Instance& instance, std::uint64_t seed, std::size_t round) {
  // FNV-1a: short, and the same everywhere, unlike std::hash.
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : instance.scenario + "\n" + instance.row + "\n" + instance.ReadingName() +
                          "\n" + std::to_string(seed) + "\n" + std::to_string(round)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return hash;
}

std::size_t Results::Count(Verdict verdict) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      played, [&](const Played& one) { return one.outcome.verdict == verdict; }));
}

Results PlayAll(const std::vector<Instance>& instances, const Target& target,
                const CrewOptions& options, const std::atomic<bool>& stop) {
  const std::size_t all = instances.size() * options.repeat;
  const std::vector<std::size_t> order = OrderOf(all, options);
  std::atomic<std::size_t> next{0};
  Tally tally(all, options);
  Vigil vigil(target);
  const auto work = [&](std::vector<Numbered>& own) {
    Connection connection = target.NewConnection();
    for (std::size_t i = next++; i < all && !stop && !vigil.HasGone(); i = next++) {
      const std::size_t number = order.empty() ? i : order[i];
      const Instance& instance = instances[number % instances.size()];
      Played played{&instance, number / instances.size(), 0, {}};
      played.seed = SeedOf(instance, options.seed, played.round);
      played.outcome = Play(instance, target, connection, {played.seed, options.writes});
      tally.Add(played.outcome.verdict);
      vigil.Look(played.outcome);
      own.emplace_back(number, std::move(played));
    }
  };
  std::vector<std::vector<Numbered>> parts(std::min(options.jobs, all));
  {
    std::vector<std::jthread> threads;
    threads.reserve(parts.size());
    for (std::vector<Numbered>& part : parts) threads.emplace_back([&] { work(part); });
  }
  Results results = Merged(std::move(parts), all);
  results.gone = vigil.error();
  return results;
}

}  // namespace kondor::scenarios
