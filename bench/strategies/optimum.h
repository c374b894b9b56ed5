// The best anybody could do who knew the reading in force and everybody's wishes beforehand: the
// yard stick of all strategies, and computed by none. Thread-safe: a pure function.
#pragma once

#include "bench/strategies/scenario.h"
#include "mock_server/ledger/reading.h"

namespace kondor::bench {

// From the scenario's begin to the admission of its last call, on an instant network and without a
// refusal. Every call goes at the first instant the ledger admits it, which is the best there is
// where an early call never costs a later one more than it gains; the one window for which that is
// not so, the sliding counter, is searched over how many calls to make in each minute.
Duration Optimum(const ledger::Reading& reading, const Scenario& scenario);

}  // namespace kondor::bench
