// That somebody has to wait before a call may go, how long and why; and that it would be too long.
// Thread-safe: pure functions.
#pragma once

#include <functional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace kondor::limiter {

struct Waiting {
  enum class Why {
    kLimits,       // until then they leave no room
    kOthers,       // who asked before, or whose answers have yet to come
    kUnknownPast,  // of a shared budget: what was spent before is not known, so all rest
    kAlone,        // of a shared budget that is out of reach: its users go alone and slowly
  } why = Why::kLimits;
  Duration at_least{};  // as far as is known
};

// For people: "the limits leave no room for another 3.2 s".
std::string ToText(const Waiting& waiting);

// Told once of each call that has to wait, before it waits and by the thread that does, with no
// lock held. Must not throw.
using OnWait = std::function<void(const Waiting&)>;

// kDeadline; `left` is what the deadline leaves.
Unexpected TooLate(const Waiting& waiting, Duration left);

// In tenths, rounded up: nobody is told that a wait is shorter than it is.
std::string InTenths(Duration duration);

}  // namespace kondor::limiter
