// A validator that lets things pass would make every test that uses it worthless.
#include "tests/mock_server/openapi/json_schema.h"

#include <gtest/gtest.h>

namespace kondor::openapi {
namespace {

const Json& Document() {
  static const Json document = Json::parse(R"({"components": {"schemas": {
    "Point": {"type": "object", "required": ["x"], "description": "d",
              "properties": {"x": {"type": "integer"}, "y": {"type": ["number", "null"]}}},
    "Failure": {"type": "object", "required": ["success"],
                "properties": {"success": {"type": "boolean", "enum": [false]}}},
    "Tree": {"type": "object", "properties": {"children": {"type": "array",
             "items": {"$ref": "#/components/schemas/Tree"}}}}}}})");
  return document;
}

std::size_t Count(const char* schema, const char* value) {
  return Violations(Document(), Json::parse(schema), Json::parse(value)).size();
}

TEST(JsonSchema, TakesWhatFits) {
  const char* const fitting[][2] = {
      {"{}", "[1, null]"},
      {R"({"type": "integer"})", "-1"},
      {R"({"type": "number"})", "1"},
      {R"({"type": ["string", "null"]})", "null"},
      {R"({"enum": [1, "a", null]})", "\"a\""},
      {R"({"type": "array", "items": {"type": "string"}})", R"(["a", "b"])"},
      {R"({"$ref": "#/components/schemas/Point"})", R"({"x": 1, "y": 0.5})"},
      {R"({"$ref": "#/components/schemas/Point"})", R"({"x": 1, "y": null})"},
      {R"({"$ref": "#/components/schemas/Tree"})", R"({"children": [{"children": []}]})"},
      {R"({"oneOf": [{"$ref": "#/components/schemas/Point"},
                     {"$ref": "#/components/schemas/Failure"}]})",
       R"({"success": false})"},
      {R"({"type": "string", "pattern": "\\S", "minLength": 1, "maxLength": 2})", "\" a\""},
      {R"({"type": ["number", "null"], "minimum": -2, "maximum": 2})", "2"},
      {R"({"type": ["number", "null"], "minimum": -2, "maximum": 2})", "null"},
      {R"({"anyOf": [{"required": ["a"], "properties": {"a": {"type": "integer"}}},
                     {"required": ["b"]}]})",
       R"({"a": 1, "c": 2})"},
      {R"({"allOf": [{"type": "integer"}, {"enum": [1, 2]}]})", "1"},
      {R"({"type": "object", "additionalProperties": {"type": "integer"}})", R"({"a": 1})"},
      {R"({"type": "object", "properties": {}, "additionalProperties": true})", R"({"a": 1})"},
  };
  for (const auto& [schema, value] : fitting)
    EXPECT_EQ(Count(schema, value), 0U) << schema << value;
}

TEST(JsonSchema, FindsWhatDoesNotFit) {
  const char* const broken[][2] = {
      {R"({"type": "integer"})", "1.5"},
      {R"({"type": "integer"})", "\"1\""},
      {R"({"type": "number"})", "true"},
      {R"({"type": "string"})", "null"},
      {R"({"type": ["string", "null"]})", "1"},
      {R"({"type": "object"})", "[]"},
      {R"({"type": "array"})", "{}"},
      {R"({"enum": [1, "a"]})", "2"},
      {R"({"type": "array", "items": {"type": "string"}})", R"(["a", 1])"},
      {R"({"$ref": "#/components/schemas/Point"})", R"({"y": 1})"},
      {R"({"$ref": "#/components/schemas/Point"})", R"({"x": 1, "z": 1})"},
      {R"({"$ref": "#/components/schemas/Nobody"})", "1"},
      {R"({"$ref": "elsewhere.json"})", "1"},
      {R"({"$ref": "#/components/schemas/Tree"})", R"({"children": [{"children": [1]}]})"},
      {R"({"oneOf": [{"type": "string"}, {"type": "null"}]})", "1"},
      {R"({"oneOf": [{"type": "number"}, {"type": "integer"}]})", "1"},
      {R"({"type": "object", "additionalProperties": {"type": "integer"}})", R"({"a": "b"})"},
      {R"({"type": "object", "additionalProperties": false})", R"({"a": 1})"},
      {R"({"type": "string", "contentEncoding": "x"})", "\"a\""},  // a keyword it does not know
      {R"({"type": "string", "pattern": "^a+$"})", "\"ab\""},
      {R"({"type": ["string", "null"], "minLength": 1})", "\"\""},
      {R"({"type": "string", "maxLength": 1})", "\"ab\""},
      {R"({"type": "number", "maximum": 2})", "2.5"},
      {R"({"type": "number", "minimum": -2})", "-3"},
      {R"({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]})", R"({"c": 1})"},
      {R"({"anyOf": [{"properties": {"a": {"type": "string"}}}, {"required": ["b"]}]})",
       R"({"a": 1})"},
      {R"({"allOf": [{"type": "string"}, {"type": "integer"}]})", "1"},
      {"true", "1"},
  };
  for (const auto& [schema, value] : broken) EXPECT_EQ(Count(schema, value), 1U) << schema << value;
}

TEST(JsonSchema, NamesThePlace) {
  EXPECT_EQ(Complaints(Document(), Json::parse(R"({"$ref": "#/components/schemas/Tree"})"),
                       Json::parse(R"({"children": [{}, {"age": 1}]})")),
            "/children/1/age: is not documented\n");
}

}  // namespace
}  // namespace kondor::openapi
