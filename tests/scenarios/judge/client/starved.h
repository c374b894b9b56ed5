// A client whose one worker always comes just after another, and never gets through.
#pragma once

#include "tests/scenarios/judge/client/assignment.h"
#include "tests/scenarios/judge/client/vendor_time.h"

namespace kondor::judge_client {

bool StarveTheLast(const Assignment& assignment, VendorTime& time);

// Two workers who wait for the second's turn first and for the minute's afterwards: when the minute
// is over, both go at once.
bool WaitInTheWrongOrder(const Assignment& assignment, VendorTime& time);

}  // namespace kondor::judge_client
