#include "scenarios/wire/message.h"

#include <algorithm>

namespace kondor::scenarios {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsUnreserved(char c) {
  const char low = Lower(c);
  return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

}  // namespace

bool SameName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return Lower(x) == Lower(y); });
}

const std::string* Reply::Header(std::string_view name) const {
  const auto it =
      std::ranges::find_if(headers, [&](auto& header) { return SameName(header.first, name); });
  return it == headers.end() ? nullptr : &it->second;
}

std::size_t Reply::Count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(headers, [&](auto& header) { return SameName(header.first, name); }));
}

std::string PercentEncoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

}  // namespace kondor::scenarios
