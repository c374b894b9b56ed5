// What a call sent, once it is known to be of the right types. Not thread-safe; a plain value.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_server/qondor/contract/operation.h"
#include "mock_server/qondor/contract/scalar.h"

namespace kondor::qondor {

struct Input {
  struct Item {
    const Field* field = nullptr;
    Scalar scalar;              // of a text: only its kind
    std::string text;           //
    std::vector<Input> list;    // of a list of objects
    std::vector<Scalar> words;  // of a list of enums, in a query
    bool is_list = false;

    bool is_null() const { return scalar.is_null() && !is_list; }
    Scalar Value() const { return scalar.is_text() ? Scalar::Text(text) : scalar; }
  };
  std::vector<Item> items;  // in the order they came, each field once

  // Nullptr when it was not sent. What was sent as null is there.
  const Item* Find(const Field* field) const {
    for (const Item& item : items) {
      if (item.field == field) return &item;
    }
    return nullptr;
  }
  // Null when it was not sent, or sent as null.
  Scalar ValueOf(const Field* field) const {
    const Item* item = Find(field);
    return item == nullptr ? Scalar{} : item->Value();
  }
  // The item of that field, emptied; made if need be.
  Item& Put(const Field* field);
};

// Whether there is nothing to see in it, as .NET's String.IsNullOrWhiteSpace has it.
bool IsBlank(std::string_view text);

// Why a call is refused: for each field that is at fault (PascalCase), what is wrong with it (Q14).
class FieldErrors {
 public:
  static constexpr std::size_t kMax = 200;  // as ASP.NET's model state

  void Add(std::string field, std::string message);
  bool empty() const { return errors_.empty(); }
  const std::vector<std::pair<std::string, std::string>>& all() const { return errors_; }

 private:
  std::vector<std::pair<std::string, std::string>> errors_;
};

}  // namespace kondor::qondor
