// One sandbox's fault scripts: which there are, how far each was played, and which step is next.
// A step is given out as often as it says and never more, however many calls ask at once.
// Thread-safe.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/mutex.h"
#include "base/result.h"
#include "base/rng.h"
#include "mock_server/faults/script.h"

namespace kondor::faults {

struct ScriptState {
  std::uint64_t id = 0;
  std::shared_ptr<const Script> script;
  std::uint64_t matched = 0;          // calls that fitted, until all was played
  std::vector<std::uint64_t> played;  // of each step

  std::uint64_t left() const;  // plays of all steps that have not happened
};

// One play of one step, given to one call.
struct Draw {
  std::uint64_t id = 0;
  std::shared_ptr<const Script> script;
  std::size_t step = 0;
  std::uint64_t play = 0;  // from 1

  const Step& what() const { return script->steps[step]; }
};

class Faults {
 public:
  static constexpr std::size_t kScriptsMax = 256;
  static constexpr std::size_t kBytesOfAllMax = 32 * 1024 * 1024;

  // `initial` are there from the start, and again after Restart().
  explicit Faults(std::vector<std::shared_ptr<const Script>> initial);

  // kUnavailable when there are too many.
  Result<ScriptState> Add(Script script);
  std::vector<ScriptState> List() const;  // in the order in which they were added
  std::optional<ScriptState> Find(std::uint64_t id) const;
  // As it was.
  std::optional<ScriptState> Remove(std::uint64_t id);
  std::vector<ScriptState> Clear();
  void Restart();

  // What is to happen to this call. At most one script plays: the first that fits and is due. Every
  // script that fits and is not played out counts the call, whoever plays.
  std::optional<Draw> Take(const Call& call) {
    if (open_.load(std::memory_order_acquire) == 0) return {};
    return TakeOpen(call);
  }

 private:
  struct Running {
    ScriptState state;
    Rng chances;
    std::size_t step = 0;  // the next one; all are played when it is past the last

    bool is_open() const { return step < state.script->steps.size(); }
  };

  std::optional<Draw> TakeOpen(const Call& call);
  void AddLocked(std::shared_ptr<const Script> script) KONDOR_REQUIRES(mutex_);
  void CountOpen() KONDOR_REQUIRES(mutex_);

  const std::vector<std::shared_ptr<const Script>> initial_;
  // How many scripts have something left: a call in a sandbox without any takes no lock.
  std::atomic<std::size_t> open_{0};

  mutable Mutex mutex_;
  std::vector<Running> scripts_ KONDOR_GUARDED_BY(mutex_);
  std::uint64_t last_id_ KONDOR_GUARDED_BY(mutex_) = 0;
};

}  // namespace kondor::faults
