// The yard stick for goodput: how long the same work takes somebody who knows the reading in force
// and calls at each first instant at which its books let him.
//
// The books themselves are asked: a second sandbox with the same settings and a clock that is moved
// by hand. So nothing counts here, and every reading is covered. (For one window of six, the
// sliding counter, the greedy way is not quite the best; a ratio is cut at 1.)
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/judge/sandbox.h"

namespace kondor::judge {

// From the first of `jobs` calls, made at `begin` by `ip`, to the last. REQUIRES: jobs > 0.
Result<Duration> Optimum(Control& control, const Settings& settings, TimePoint begin,
                         const std::string& ip, int jobs);

}  // namespace kondor::judge
