// Takes a secret out of what somebody else wrote. Thread-safe: a pure function.
#pragma once

#include <string>
#include <string_view>

namespace kondor::qondor {

// `text` with [redacted] wherever `secret` stands: as it is, with JSON's escapes (also in JSON that
// is a text in JSON), or percent-encoded. An empty secret stands nowhere.
std::string Conceal(std::string_view text, std::string_view secret);

}  // namespace kondor::qondor
