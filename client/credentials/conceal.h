// Keeping secrets out of whatever people or logs get to see. Thread-safe: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kondor::client {

// `text` with "[secret]" in place of each secret, as it is and as it stands in a URL. Empty secrets
// are none.
std::string Conceal(std::string_view text, std::span<const std::string> secrets);

// Whether what names something, but opens nothing, is long enough to be concealed, too: a word like
// "pipelines" would make holes in any answer.
constexpr bool IsNoOrdinaryWord(std::string_view name) { return name.size() >= 16; }

}  // namespace kondor::client
