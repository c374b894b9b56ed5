// Qondor's OpenAPI document, made from its contract. Thread-safe: a pure function.
#pragma once

#include "mock_server/json/parse.h"

namespace kondor::openapi {

Json MakeQondorDocument();

}  // namespace kondor::openapi
