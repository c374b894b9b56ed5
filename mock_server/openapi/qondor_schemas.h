// Qondor's bodies, enums and parameters as JSON Schema 2020-12. Thread-safe: pure functions.
#pragma once

#include <string>

#include "mock_server/json/parse.h"
#include "mock_server/qondor/contract/contract.h"

namespace kondor::openapi {

Json SchemaRef(const std::string& name);

// What a field holds when it is there and not null.
Json FieldSchema(const qondor::Field& field);

// "components/schemas": every enum and body that an operation or event leads to, and the errors.
Json QondorSchemas(const qondor::Contract& contract);

}  // namespace kondor::openapi
