// A clock's change as JSON: {"mode": "manual", "now": "2026-01-01T00:00:00Z", "speed": 10}.
// Thread-safe: a pure function.
#pragma once

#include <string>

#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/sandbox/sandbox_clock.h"

namespace kondor::control {

Result<SandboxClock::Change> ReadClockChange(const Json& object, const std::string& place);

}  // namespace kondor::control
