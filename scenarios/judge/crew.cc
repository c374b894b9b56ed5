#include "scenarios/judge/crew.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "base/mutex.h"
#include "scenarios/judge/child.h"

namespace kondor::judge {
namespace {

class Crew {
 public:
  Crew(Control& control, const std::vector<Assignment>& assignments, const PlayOptions& options,
       const std::function<void(const Played&)>& on_played)
      : control_(control),
        assignments_(assignments),
        options_(options),
        on_played_(on_played),
        results_(assignments.size()) {}

  void Work() {
    while (const std::optional<std::size_t> mine = Next()) {
      const Assignment& assignment = assignments_[*mine];
      Keep(*mine, PlayTrial(control_, *assignment.trial, assignment.reading, options_));
    }
  }

  Round Take() {
    const MutexLock lock(mutex_);
    Round round{{}, error_};
    for (std::size_t i = 0; i < results_.size(); ++i) {
      if (!results_[i]) {
        results_[i].emplace();
        results_[i]->why = error_ ? "not played to its end" : "interrupted";
        results_[i]->evidence.trial = assignments_[i].trial;
        results_[i]->evidence.reading = assignments_[i].reading;
      }
      round.played.push_back(std::move(*results_[i]));
    }
    return round;
  }

 private:
  std::optional<std::size_t> Next() KONDOR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    if (error_ || options_.stop.stop_requested() || next_ == assignments_.size()) return {};
    return next_++;
  }

  void Keep(std::size_t index, Result<Played> played) KONDOR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    if (!played) {
      if (!error_) error_ = played.error();
      return;
    }
    if (on_played_) on_played_(*played);
    results_[index] = std::move(played).value();
  }

  Control& control_;
  const std::vector<Assignment>& assignments_;
  const PlayOptions& options_;
  const std::function<void(const Played&)>& on_played_;
  Mutex mutex_;
  std::size_t next_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::optional<Error> error_ KONDOR_GUARDED_BY(mutex_);
  std::vector<std::optional<Played>> results_ KONDOR_GUARDED_BY(mutex_);
};

}  // namespace

Round PlayAll(Control& control, const std::vector<Assignment>& assignments,
              const PlayOptions& options, std::size_t at_once,
              const std::function<void(const Played&)>& on_played) {
  AdoptOrphans();
  Crew crew(control, assignments, options, on_played);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(at_once, assignments.size()); ++i) {
      threads.emplace_back([&crew] { crew.Work(); });
    }
  }
  return crew.Take();
}

}  // namespace kondor::judge
