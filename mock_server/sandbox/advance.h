// Moving a clock on past things that fall due on the way. Thread-safe: it keeps no state.
#pragma once

#include <functional>
#include <optional>

#include "base/result.h"
#include "mock_server/sandbox/sandbox_clock.h"

namespace kondor {

// What happens by itself when a sandbox's time comes.
struct DueThings {
  // When the next one after that instant falls due; nothing when none waits for that.
  std::function<std::optional<TimePoint>(TimePoint after)> next;
  // The clock was moved. Returns once all that was due at `through` has happened.
  std::function<void(TimePoint through)> await_done;
};

// Moves the clock on by `by`, in either mode, stopping at each instant at which something falls
// due.
Result<SandboxClock::State> AdvanceWithStops(SandboxClock& clock, Duration by,
                                             const DueThings& things);

}  // namespace kondor
