// Qondor's three environments, the first segment of every path (Q10). Thread-safe: pure functions.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace kondor::qondor {

enum class Environment { kProd, kTest, kDev };

inline constexpr std::array kEnvironments = {Environment::kProd, Environment::kTest,
                                             Environment::kDev};

std::string_view ToText(Environment environment);  // "Prod", as in the path
// Without regard to case; nothing when it is none of them.
std::optional<Environment> ParseEnvironment(std::string_view word);

}  // namespace kondor::qondor
