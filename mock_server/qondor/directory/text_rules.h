// What may be written as an id, a name or an e-mail address in the directory: Azure's lengths
// (OUR17), whichever way it comes in. Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "mock_server/json/object_reader.h"

namespace kondor::qondor {

enum class TextRule {
  kUserId,
  kProductId,
  kSubscriptionId,
  kName,  // of a person, a product, a subscription
  kEmail,
};

// How `text` breaks the rule, saying the mend; empty when it does not.
std::string FaultIn(std::string_view text, TextRule rule);

// reader.Text(), and a fault when what is there breaks the rule.
bool ReadText(ObjectReader& reader, std::string_view name, TextRule rule, std::string& out);

// The same for all spellings of one address: it is without regard to ASCII's cases.
std::string EmailKey(std::string_view email);

}  // namespace kondor::qondor
