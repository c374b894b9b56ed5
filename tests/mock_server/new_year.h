// The instant at which the tests' clocks begin. Stateless.
#pragma once

#include "base/clock.h"

namespace kondor {

inline constexpr TimePoint kNewYear = FromUnixMicros(1'767'225'600'000'000);  // 2026-01-01T00:00Z

}  // namespace kondor
