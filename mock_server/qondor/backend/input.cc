#include "mock_server/qondor/backend/input.h"

#include <algorithm>
#include <array>

namespace kondor::qondor {

Input::Item& Input::Put(const Field* field) {
  for (Item& item : items) {
    if (item.field != field) continue;
    item = Item{};
    item.field = field;
    return item;
  }
  Item& item = items.emplace_back();
  item.field = field;
  return item;
}

namespace {

// What .NET's Char.IsWhiteSpace is true of beyond ASCII, in UTF-8.
constexpr std::array<std::string_view, 19> kWideBlanks = {
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A",
    "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

}  // namespace

bool IsBlank(std::string_view text) {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\v\f"), text.size()));
    if (text.empty()) return true;
    const auto wide = std::find_if(kWideBlanks.begin(), kWideBlanks.end(),
                                   [&](std::string_view blank) { return text.starts_with(blank); });
    if (wide == kWideBlanks.end()) return false;
    text.remove_prefix(wide->size());
  }
}

void FieldErrors::Add(std::string field, std::string message) {
  if (errors_.size() < kMax) errors_.emplace_back(std::move(field), std::move(message));
}

}  // namespace kondor::qondor
