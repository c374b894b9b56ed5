// Many trials at once: most of the time a program waits.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "base/result.h"
#include "scenarios/judge/play.h"

namespace kondor::judge {

struct Assignment {
  const Trial* trial = nullptr;
  Settings reading;
};

// In the order of the assignments; those not begun when `options.stop` was asked for are skips. The
// first error ends it. `on_played` is called on one thread at a time.
Result<std::vector<Played>> PlayAll(Control& control, const std::vector<Assignment>& assignments,
                                    const PlayOptions& options, std::size_t at_once,
                                    const std::function<void(const Played&)>& on_played);

}  // namespace kondor::judge
