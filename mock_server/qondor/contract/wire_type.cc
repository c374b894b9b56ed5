#include "mock_server/qondor/contract/wire_type.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace kondor::qondor {
namespace {

constexpr std::array<std::pair<std::string_view, Kind>, 5> kPlainTypes = {{
    {"bool", Kind::kBool},
    {"int", Kind::kInt},
    {"number", Kind::kNumber},
    {"string", Kind::kText},
    {"date", Kind::kDate},
}};

// Takes `prefix` off the front of `text`, if it is there.
bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

template <typename T>
const T* Named(const std::vector<T>& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const T& element) { return element.name == name; });
  return found == list.end() ? nullptr : &*found;
}

// Fills in what `word` stands for; false when it stands for nothing.
bool Resolve(std::string_view word, const std::vector<Enum>& enums, const std::vector<Body>& bodies,
             WireType& type) {
  for (const auto& [name, kind] : kPlainTypes) {
    if (word != name) continue;
    type.kind = kind;
    return true;
  }
  type.kind = TakePrefix(word, "text of ")     ? Kind::kEnumText
              : TakePrefix(word, "digits of ") ? Kind::kEnumDigits
                                               : Kind::kEnum;
  type.words = Named(enums, word);
  if (type.words != nullptr) return true;
  if (type.kind != Kind::kEnum) return false;
  type.kind = Kind::kObject;
  type.body = Named(bodies, word);
  return type.body != nullptr;
}

}  // namespace

Result<ParsedType> ParseWireType(std::string_view text, const std::vector<Enum>& enums,
                                 const std::vector<Body>& bodies) {
  ParsedType parsed;
  std::string_view word = text;
  if (word.ends_with('!')) {
    parsed.required = true;
    word.remove_suffix(1);
  }
  if (word.ends_with(']') && TakePrefix(word, "list[")) {
    parsed.type.is_list = true;
    word.remove_suffix(1);
  }
  if (!Resolve(word, enums, bodies, parsed.type)) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "unknown type '" + std::string(word) +
                          "': neither a plain type nor an enum nor a body of this contract");
  }
  return parsed;
}

}  // namespace kondor::qondor
