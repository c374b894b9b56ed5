// The readings of Kondado's words about limits (KO1 to KO4) that strategies are measured under.
// Thread-safe: pure functions.
#pragma once

#include <string>
#include <vector>

#include "mock_server/ledger/reading.h"

namespace kondor::bench {

struct NamedReading {
  std::string name;  // "sliding_log", "gcra+from_breach", "fixed_aligned+refused_count", ...
  ledger::Reading reading;
};

// Every window with every lock-out, then what counting refused calls and counting pairs change.
std::vector<NamedReading> AllReadings();

// The settings' own words.
std::string_view ToText(ledger::Window window);
std::string_view ToText(ledger::Lockout lockout);
std::string_view ToText(ledger::CountRefused refused);
std::string_view ToText(ledger::Scope scope);

}  // namespace kondor::bench
