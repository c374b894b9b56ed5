// The experiments a probe chooses from: short timelines of calls, each made to tell some readings
// apart. Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/live/probe/candidate.h"

namespace kondor::live {

// Calls to come, at instants of our clock.
using Sequence = std::vector<ProbeCall>;

enum class SecondToken { kNone, kGiven };

// A few calls each; or those that fill a minute, for what nothing shorter can tell.
enum class Course { kShort, kLong };

// After what has been called, `now_ms` being the earliest instant for another call.
std::vector<Sequence> Menu(const std::vector<ProbeCall>& log, std::int64_t now_ms,
                           SecondToken second, Course course);

}  // namespace kondor::live
