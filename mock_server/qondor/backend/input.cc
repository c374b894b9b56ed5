#include "mock_server/qondor/backend/input.h"

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

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

void FieldErrors::Add(std::string field, std::string message) {
  if (errors_.size() < kMax) errors_.emplace_back(std::move(field), std::move(message));
}

}  // namespace kondor::qondor
