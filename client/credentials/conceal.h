// Keeping secrets out of whatever people or logs get to see. Thread-safe: a pure function.
#pragma once

#include <span>
#include <string>

namespace kondor::client {

// `text` with "[secret]" in place of each secret, as it is and as it stands in a URL. Empty secrets
// are none.
std::string Conceal(std::string text, std::span<const std::string> secrets);

}  // namespace kondor::client
