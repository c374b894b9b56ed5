#include "mock_server/faults/faults.h"

#include <algorithm>
#include <utility>

namespace kondor::faults {

std::uint64_t ScriptState::left() const {
  std::uint64_t left = script->times();
  for (const std::uint64_t count : played) left -= count;
  return left;
}

Faults::Faults(std::vector<std::shared_ptr<const Script>> initial) : initial_(std::move(initial)) {
  Restart();
}

void Faults::AddLocked(std::shared_ptr<const Script> script) {
  ScriptState state;
  state.id = ++last_id_;
  state.played.resize(script->steps.size());
  const std::uint64_t seed = script->match.seed;
  state.script = std::move(script);
  scripts_.push_back({std::move(state), Rng(seed)});
}

void Faults::CountOpen() {
  const auto open = std::count_if(scripts_.begin(), scripts_.end(),
                                  [](const Running& running) { return running.is_open(); });
  open_.store(static_cast<std::size_t>(open), std::memory_order_release);
}

Result<ScriptState> Faults::Add(Script script) {
  const MutexLock lock(mutex_);
  std::size_t bytes = script.bytes;
  for (const Running& running : scripts_) bytes += running.state.script->bytes;
  if (scripts_.size() >= kScriptsMax || bytes > kBytesOfAllMax) {
    return Unexpected(ErrorKind::kUnavailable,
                      "a sandbox takes " + std::to_string(kScriptsMax) + " fault scripts and " +
                          std::to_string(kBytesOfAllMax) + " bytes of them; drop some first");
  }
  AddLocked(std::make_shared<const Script>(std::move(script)));
  CountOpen();
  return scripts_.back().state;
}

std::vector<ScriptState> Faults::List() const {
  const MutexLock lock(mutex_);
  std::vector<ScriptState> states;
  for (const Running& running : scripts_) states.push_back(running.state);
  return states;
}

std::optional<ScriptState> Faults::Find(std::uint64_t id) const {
  const MutexLock lock(mutex_);
  for (const Running& running : scripts_) {
    if (running.state.id == id) return running.state;
  }
  return {};
}

std::optional<ScriptState> Faults::Remove(std::uint64_t id) {
  const MutexLock lock(mutex_);
  const auto found = std::find_if(scripts_.begin(), scripts_.end(),
                                  [&](const Running& running) { return running.state.id == id; });
  if (found == scripts_.end()) return {};
  ScriptState removed = std::move(found->state);
  scripts_.erase(found);
  CountOpen();
  return removed;
}

std::vector<ScriptState> Faults::Clear() {
  const MutexLock lock(mutex_);
  std::vector<ScriptState> states;
  for (Running& running : scripts_) states.push_back(std::move(running.state));
  scripts_.clear();
  CountOpen();
  return states;
}

void Faults::Restart() {
  const MutexLock lock(mutex_);
  scripts_.clear();
  last_id_ = 0;
  for (const auto& script : initial_) AddLocked(script);
  CountOpen();
}

std::optional<Draw> Faults::TakeOpen(const Call& call) {
  std::optional<Draw> draw;
  const MutexLock lock(mutex_);
  for (Running& running : scripts_) {
    ScriptState& state = running.state;
    const CallPattern& match = state.script->match;
    if (!running.is_open() || !match.Fits(call)) continue;
    if (++state.matched < match.nth) continue;
    // Drawn for every call that counts, so that the same ones are hit whatever other scripts do.
    const bool hit = match.probability >= 1 || running.chances.Unit() < match.probability;
    if (!hit || draw) continue;
    draw = Draw{state.id, state.script, running.step, ++state.played[running.step]};
    if (draw->play == draw->what().times) ++running.step;
  }
  if (draw) CountOpen();
  return draw;
}

}  // namespace kondor::faults
