// Many trials at once: most of the time a program waits.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "scenarios/judge/play.h"

namespace kondor::judge {

struct Assignment {
  const Trial* trial = nullptr;
  Settings reading;
};

struct Round {
  std::vector<Played> played;  // in the order of the assignments; skips are those not played
  std::optional<Error> error;  // the first one, which ended it
};

// Ends early at an error, or when `options.stop` is asked for. `on_played` is called on one thread
// at a time.
Round PlayAll(Control& control, const std::vector<Assignment>& assignments,
              const PlayOptions& options, std::size_t at_once,
              const std::function<void(const Played&)>& on_played);

}  // namespace kondor::judge
