// Reads how api.json writes a type. Thread-safe: a pure function.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/qondor/contract/schema.h"

namespace kondor::qondor {

struct ParsedType {
  WireType type;
  bool required = false;
};

// "int", "list[Country]", "digits of ISO4217CurrencyCode"; a '!' at the end makes it required.
// kInvalidArgument names the word that is neither a type nor an enum nor a body.
Result<ParsedType> ParseWireType(std::string_view text, const std::vector<Enum>& enums,
                                 const std::vector<Body>& bodies);

}  // namespace kondor::qondor
