// What becomes of a call that a fault script was drawn for. Thread-safe: a pure function but for
// the wait it may begin.
#pragma once

#include <functional>

#include "mock_server/faults/faults.h"
#include "mock_server/faults/waits.h"
#include "mock_server/sandbox/exchange.h"

namespace kondor::faults {

// `vendor` answers the call as if there were no fault; a fault that strikes before the vendor has
// done its part never asks it. The wait, if any, begins here.
Answer Play(const Draw& draw, const Call& call, const Clock& clock, Waits& waits,
            const std::function<Answer()>& vendor);

}  // namespace kondor::faults
