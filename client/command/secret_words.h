// Secrets have no place on a command line, where every user of the machine sees them. Thread-safe:
// pure functions.
#pragma once

#include <string_view>

namespace kondor::client::command {

// Whether a flag or parameter of that name would carry a secret.
bool NamesASecret(std::string_view name);

// Whether a word "--token", "--token=..." or the like is among them.
bool HoldsASecretFlag(int argc, const char* const* argv);

inline constexpr const char* kNoSecretFlags =
    "secrets come from the environment or --credentials FILE, never from the command line, "
    "where others see them";

}  // namespace kondor::client::command
