// An OpenAPI document's operations, its references already looked up. Not thread-safe; plain
// values.
#pragma once

#include <string>
#include <vector>

#include "tests/mock_server/openapi/json_schema.h"

namespace kondor::openapi {

struct Operation {
  std::string method;  // "GET"
  std::string path;    // "/Customer/v1/Customer/{id}"
  std::string server;  // where the mock has it: "/k2"
  bool is_webhook = false;
  Json object;
  std::vector<Json> parameters;
  std::vector<Json> contents;  // every media type object, of the request and of the answers
};

std::vector<Operation> OperationsOf(const Json& document);

// The values of "example" and "examples".
std::vector<Json> ExamplesOf(const Json& content);

// `value`, or what its "$ref" leads to.
const Json& Dereferenced(const Json& document, const Json& value);

// The call that the examples make up: path, and query.
std::string TargetOf(const Operation& operation);
// Of the request's JSON example; empty when there is none.
std::string BodyOf(const Operation& operation);

// The schema of an answer; nullptr when no such status or media type is documented. A body-less
// answer has `content_type` "" and, documented so, the schema {}.
const Json* AnswerSchema(const Json& document, const Operation& operation, int status,
                         const std::string& content_type);

}  // namespace kondor::openapi
