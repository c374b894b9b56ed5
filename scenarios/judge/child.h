// A program that runs as a child, in a process group of its own, and never outlives its judge.
//
// Not thread-safe; several may run at once on different threads.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/judge/ending.h"
#include "scenarios/judge/output.h"

namespace kondor::judge {

using Environment = std::vector<std::pair<std::string, std::string>>;

struct ChildOptions {
  std::vector<std::string> command;  // at least one; the first is looked up in PATH
  Environment environment;           // besides our own; these win
  std::vector<Secret> secrets;       // to be looked for in what it says
  Duration time_limit{};
  Duration tick = std::chrono::milliseconds(20);
  std::stop_token stop = {};
};

enum class GoOn { kYes, kNo };

// Starts it, waits for its end, and ends what it left. `on_tick` is called at least every tick, and
// at kNo the program is stopped. kNotFound when there is no such program, kInvalidArgument when it
// cannot be started for another reason.
Result<Ending> RunChild(const ChildOptions& options, const std::function<GoOn()>& on_tick);

// Processes whose parent has ended become this one's children from now on, so that they can be
// found and ended. Once, before the first child.
void AdoptOrphans();

}  // namespace kondor::judge
