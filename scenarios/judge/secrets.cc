#include "scenarios/judge/secrets.h"

#include <string_view>

#include "base/rng.h"

namespace kondor::judge {

std::string MakeTelltaleToken(std::uint64_t seed) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  // Longer runs are hidden whatever they hold.
  constexpr std::size_t kLength = 48;
  Rng rng(seed);
  std::string token;
  while (token.size() < kLength) token += kLetters[rng.Below(kLetters.size())];
  return token;
}

std::string MakeKey(std::uint64_t seed) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string key = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
  Rng rng(seed);
  for (char& c : key) {
    if (c == 'x') c = kHex[rng.Below(kHex.size())];
  }
  return key;
}

}  // namespace kondor::judge
