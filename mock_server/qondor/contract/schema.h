// What travels over Qondor's wire: enums, bodies and their fields, as api.json describes them
// (Q11). Immutable once the contract is loaded; pointers between the parts stay good as long as it
// lives.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kondor::qondor {

struct Enum {
  std::string name;
  std::vector<std::pair<std::int32_t, std::string>> words;  // sorted by number

  // The word of that number; empty when it is none of the enum's (Q12).
  std::string_view TextOf(std::int64_t number) const;
  // Without regard to case.
  std::optional<std::int32_t> NumberOf(std::string_view word) const;
};

enum class Kind {
  kBool,
  kInt,         // 32 bits, as the vendor's ids are
  kNumber,      // with a fraction
  kText,        //
  kDate,        // text on the wire: "2026-04-01T00:00:00Z", or without a zone (Q13)
  kEnum,        // the number
  kEnumText,    // the word of one: "NOK" (Q13)
  kEnumDigits,  // the number of one, in a string: "840" (Q13)
  kObject,
};

struct Body;

// How a field or query parameter looks on the wire: "int", "date", "OfferStatus",
// "list[ProductPriceOut]", "digits of ISO4217CurrencyCode".
struct WireType {
  Kind kind = Kind::kText;
  bool is_list = false;
  const Enum* words = nullptr;  // of the three enum kinds
  const Body* body = nullptr;   // of kObject
};

struct Field {
  std::string name;         // "projectId", as on the wire
  std::string pascal_name;  // "ProjectId", as problem details have it (Q14)
  WireType type;
  bool required = false;  // of a request (Q13)
};

struct Body {
  std::string name;           // "CreateProject"
  std::vector<Field> fields;  // in the order of the wire

  const Field* Find(std::string_view field) const;
};

}  // namespace kondor::qondor
