// The readings' words as settings, journals and messages write them. Thread-safe: pure functions.
#pragma once

#include <string_view>

#include "mock_server/ledger/ledger.h"

namespace kondor {

std::string_view ToText(ledger::Window window);        // "sliding_log"
std::string_view ToText(ledger::Dimension dimension);  // "ip"
std::string_view ToText(ledger::Period period);        // "second"
std::string_view ToText(ledger::Cause cause);          // "window"

}  // namespace kondor
