// Answers of the ledger compared, and as text for when they differ. Stateless.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {

bool Same(const Decision& a, const Decision& b);
bool Same(const std::vector<CounterView>& a, const std::vector<CounterView>& b);

std::string Describe(Window window);
std::string Describe(const Reading& reading);
std::string Describe(const Decision& decision);
std::string Describe(const std::vector<CounterView>& views);

// Names the instances of a test that goes through the windows.
inline constexpr auto WindowName = [](const auto& instance) { return Describe(instance.param); };
inline void PrintTo(Window window, std::ostream* out) { *out << Describe(window); }

}  // namespace kondor::ledger
