#include "client/command/secret_words.h"

#include <algorithm>
#include <array>
#include <string>

namespace kondor::client::command {

bool NamesASecret(std::string_view name) {
  std::string small(name);
  std::ranges::transform(small, small.begin(), [](char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c == '_' ? '-' : c);
  });
  constexpr std::array<std::string_view, 12> kNames = {"key",
                                                       "token",
                                                       "secret",
                                                       "password",
                                                       "kondado-key",
                                                       "kondado-token",
                                                       "via-token",
                                                       "primary-key",
                                                       "secondary-key",
                                                       "kondado-via-token",
                                                       "subscription-key",
                                                       "ocp-apim-subscription-key"};
  return std::ranges::find(kNames, small) != kNames.end();
}

bool HoldsASecretFlag(int argc, const char* const* argv) {
  return std::any_of(argv + 1, argv + argc, [](std::string_view word) {
    if (!word.starts_with("--")) return false;
    word.remove_prefix(2);
    return NamesASecret(word.substr(0, word.find('=')));
  });
}

}  // namespace kondor::client::command
