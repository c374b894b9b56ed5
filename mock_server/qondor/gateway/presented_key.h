// The subscription key a request presents, and where it stood (G4, QO4). Not thread-safe; a view is
// valid only while its request is.
#pragma once

#include <memory>
#include <string>

#include "mock_server/http/message.h"
#include "mock_server/http/query.h"
#include "mock_server/sandbox/exchange.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::qondor {

// Empty when there is none. Decisions where nobody publishes what APIM does:
// - A header that is there decides, also when it is empty: then the key is missing, and the query
// is
//   not looked at.
// - Header lines of the same name are one value, parted by ", " (RFC 9110, 5.3): two keys are none.
// - Blanks around a value are no part of it (RFC 9110, 5.5); within it they are. Case matters.
// - In the query the name is written as documented, and the first of several counts.
std::string PresentedKey(const http::Request& request, const http::Query& query, Choice query_key);

// What there is to tell of a call without a key, and of a key that is nobody's (OUR10, QO4, G9).
// Never the key.
std::shared_ptr<const Grounds> GroundsOfNoKey(const http::Request& request,
                                              const http::Query& query);
std::shared_ptr<const Grounds> GroundsOfStrangersKey(const http::Request& request,
                                                     const std::string& key);

}  // namespace kondor::qondor
