// OpenAPI 3.1 documents of both vendors' APIs, as the mock serves them and docs/openapi holds them.
// Qondor's is made from its contract, and its examples are answers of the mock itself; Kondado's is
// written by hand, and a test holds it against the routes. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace kondor::openapi {

// Indented JSON with a newline at its end. Made at the first call, then kept.
const std::string& KondadoDocument();
const std::string& QondorDocument();

// By the name it is served under: "kondado" or "qondor"; nothing for another.
const std::string* FindDocument(std::string_view name);

}  // namespace kondor::openapi
