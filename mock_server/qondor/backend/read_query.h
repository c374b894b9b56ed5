// Reads a call's path and query against the parameters it should have. Thread-safe: a pure
// function.
#pragma once

#include "mock_server/http/query.h"
#include "mock_server/qondor/backend/input.h"
#include "mock_server/qondor/contract/contract.h"

namespace kondor::qondor {

// Names are matched without regard to case; an empty value is as good as none; of a doubled one the
// first counts, unless the parameter is a list (Q12). Unknown parameters are ignored.
Input ReadQuery(const Route& route, const http::Query& query, FieldErrors& errors);

}  // namespace kondor::qondor
