// Answers of the ledger as text, so that a failed comparison reads well. Stateless.
#pragma once

#include <string>
#include <vector>

#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {

std::string Describe(Window window);
std::string Describe(const Reading& reading);
std::string Describe(const Decision& decision);
std::string Describe(const std::vector<CounterView>& views);

// Names the instances of a test that goes through the windows.
inline constexpr auto WindowName = [](const auto& instance) { return Describe(instance.param); };

}  // namespace kondor::ledger
