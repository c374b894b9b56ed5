#include "mock_server/sandbox/advance.h"

#include <algorithm>

#include "mock_server/sandbox/time_text.h"

namespace kondor {

Result<SandboxClock::State> AdvanceWithStops(SandboxClock& clock, Duration by,
                                             const DueThings& things) {
  const TimePoint start = clock.Now();
  if (by <= kTimeMax - start) {
    // What is due already must not see a later time than its own.
    things.await_done(start);
    while (const std::optional<TimePoint> next = things.next(clock.Now())) {
      const Duration step = std::max(*next - clock.Now(), Duration(0));
      if (step >= by) break;
      Result<SandboxClock::State> moved = clock.Advance(step);
      if (!moved) return moved;
      by -= step;
      things.await_done(moved->now);
    }
  }
  Result<SandboxClock::State> moved = clock.Advance(by);
  if (moved) things.await_done(moved->now);
  return moved;
}

}  // namespace kondor
