// As much of JSON Schema 2020-12 as our OpenAPI documents use, and not a keyword more: one it does
// not know is a violation, so that no part of a document goes unchecked. Stricter in one thing:
// what an object holds must be among its properties, unless additionalProperties says otherwise.
// That is how an answer with a field that nobody documented is found. Thread-safe: a pure function.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kondor::openapi {

using Json = nlohmann::ordered_json;

// What in `value` breaks `schema`, each with its place; none when all is well. "$ref" is looked up
// in `document`.
std::vector<std::string> Violations(const Json& document, const Json& schema, const Json& value);

// The same as lines, for a test's message.
std::string Complaints(const Json& document, const Json& schema, const Json& value);

// "#/components/schemas/X"; nullptr when nothing is there.
const Json* Find(const Json& document, const std::string& ref);

}  // namespace kondor::openapi
