// Events and checkpoints as Redis keeps them. Instants are whole microseconds there.
// Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/budget/event.h"

namespace kondor::limiter {

// "MICROS KIND CALL [FATE HINT]", KIND being the script's letter; HINT may be a dash.
std::optional<Event> ReadEvent(std::string_view text);
std::string WriteAnswer(const Answer& answer);  // "FATE HINT"

std::string WriteNumbers(const std::vector<std::int64_t>& numbers);
std::optional<std::vector<std::int64_t>> ReadNumbers(std::string_view text);

}  // namespace kondor::limiter
