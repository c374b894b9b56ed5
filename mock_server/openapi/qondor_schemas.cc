#include "mock_server/openapi/qondor_schemas.h"

#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

#include "mock_server/http/ascii.h"
#include "mock_server/openapi/qondor_requests.h"

namespace kondor::openapi {
namespace {

using qondor::Body;
using qondor::Contract;
using qondor::Enum;
using qondor::Field;
using qondor::Kind;

constexpr const char* kDatePattern =
    R"(^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))"
    R"((T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,7})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?)?$)";

// An enum travels as its number; in two places as its word, or as its digits in a string (Q13).
std::string EnumName(const Enum& words, Kind kind) {
  if (kind == Kind::kEnumText) return words.name + "Word";
  return kind == Kind::kEnumDigits ? words.name + "Digits" : words.name;
}

// A number's digits as ISO 4217 writes them, three, and as it is.
void AddDigits(std::int32_t number, Json& values) {
  const std::string digits = std::to_string(number);
  if (digits.size() < 3) values.push_back(std::string(3 - digits.size(), '0') + digits);
  values.push_back(digits);
}

// The word with its letters in either case: "[Nn][Oo][Kk]".
std::string InAnyCase(std::string_view word) {
  std::string pattern;
  for (const char letter : word) {
    const char lower = http::ToLowerAscii(letter);
    pattern += letter == lower ? std::string(1, letter) : std::string{'[', letter, lower, ']'};
  }
  return pattern;
}

// No enum, which would tell cases apart.
Json WordSchema(const Enum& words) {
  std::string listed, alternatives;
  for (const auto& [number, word] : words.words) {
    listed += (listed.empty() ? "" : ", ") + word;
    alternatives += (alternatives.empty() ? "" : "|") + InAnyCase(word);
  }
  return {{"type", "string"},
          {"description", "In any case: " + listed},
          {"pattern", "^(" + alternatives + ")$"}};
}

Json EnumSchema(const Enum& words, Kind kind) {
  if (kind == Kind::kEnumText) return WordSchema(words);
  Json values = Json::array();
  std::string description;
  for (const auto& [number, word] : words.words) {
    if (kind == Kind::kEnum) values.push_back(number);
    if (kind == Kind::kEnumDigits) AddDigits(number, values);
    description += (description.empty() ? "" : ", ") + std::to_string(number) + " " + word;
  }
  return {{"type", kind == Kind::kEnum ? "integer" : "string"},
          {"description", description},
          {"enum", std::move(values)}};
}

Json OrNull(Json schema) {
  if (schema.contains("type") && schema["type"].is_string()) {
    schema["type"] = Json::array({schema["type"], "null"});
    return schema;
  }
  return {{"oneOf", Json::array({std::move(schema), Json{{"type", "null"}}})}};
}

// Every field is there, if only as null.
Json AnswerSchema(const Body& body) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : body.fields) {
    properties[field.name] = OrNull(FieldSchema(field));
    required.push_back(field.name);
  }
  return {
      {"type", "object"}, {"required", std::move(required)}, {"properties", std::move(properties)}};
}

// Not null; and a text has something in it that can be seen.
Json FilledSchema(const Field& field) {
  Json schema = FieldSchema(field);
  if (field.type.kind != Kind::kText) return schema;
  schema["minLength"] = 1;
  schema["pattern"] = "\\S";
  return schema;
}

Json AnyOf(const std::vector<const Field*>& group) {
  Json alternatives = Json::array();
  for (const Field* field : group) {
    Json said = Json::object();
    said[field->name] = FilledSchema(*field);
    alternatives.push_back(
        {{"required", Json::array({field->name})}, {"properties", std::move(said)}});
  }
  return {{"anyOf", std::move(alternatives)}};
}

Json RequestSchema(const Body& body, const RequestRules& rules) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : body.fields) {
    const bool is_required = rules.required.contains(&field);
    const bool is_filled = is_required || rules.kept.contains(&field);
    properties[field.name] = is_filled ? FilledSchema(field) : OrNull(FieldSchema(field));
    if (is_required) required.push_back(field.name);
  }
  Json schema{{"type", "object"}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  Json groups = Json::array();
  for (const auto& group : rules.groups) groups.push_back(AnyOf(group));
  if (groups.size() == 1) schema.update(groups.front());
  if (groups.size() > 1) schema["allOf"] = std::move(groups);
  return schema;
}

// What operations and events lead to, in the order of the contract.
class Reached {
 public:
  void Add(const Body* body) {
    if (body == nullptr || !bodies_.insert(body).second) return;
    for (const Field& field : body->fields) Add(field);
  }
  void Add(const Field& field) {
    if (field.type.words != nullptr) enums_.insert(EnumName(*field.type.words, field.type.kind));
    if (field.type.body != nullptr) Add(field.type.body);
  }
  Json Schemas(const Contract& contract) const {
    Json schemas = Json::object();
    for (const Enum& words : contract.enums()) {
      for (const Kind kind : {Kind::kEnum, Kind::kEnumText, Kind::kEnumDigits}) {
        const std::string name = EnumName(words, kind);
        if (enums_.contains(name)) schemas[name] = EnumSchema(words, kind);
      }
    }
    const auto rules = RulesOfRequests(contract);
    for (const Body& body : contract.bodies()) {
      if (!bodies_.contains(&body)) continue;
      const auto request = rules.find(&body);
      schemas[body.name] =
          request == rules.end() ? AnswerSchema(body) : RequestSchema(body, request->second);
    }
    return schemas;
  }

 private:
  std::set<const Body*> bodies_;
  std::set<std::string> enums_;
};

Json Text(const char* description) { return {{"type", "string"}, {"description", description}}; }

Json ErrorSchemas() {
  const Json messages{{"type", "array"}, {"items", {{"type", "string"}}}};
  Json schemas = Json::object();
  schemas["GatewayError"] = {{"type", "object"},
                             {"description", "What the gateway answers by itself (G1-G8)."},
                             {"required", {"statusCode", "message"}},
                             {"properties",
                              {{"statusCode", {{"type", "integer"}}},
                               {"message", {{"type", "string"}}},
                               {"activityId", Text("Of a 500 (G8).")}}}};
  schemas["EdgeError"] = {
      {"type", "object"},
      {"description", "What the mock's own edge answers, before any vendor's rule."},
      {"required", {"error", "message"}},
      {"properties", {{"error", {{"type", "string"}}}, {"message", {{"type", "string"}}}}}};
  schemas["ValidationProblem"] = {
      {"type", "object"},
      {"description",
       "Problem details (Q14). Field names are PascalCase; a broken business rule has no traceId."},
      {"required", {"errors", "type", "title", "status"}},
      {"properties",
       {{"errors", {{"type", "object"}, {"additionalProperties", messages}}},
        {"type", {{"type", "string"}}},
        {"title", {{"type", "string"}}},
        {"status", {{"type", "integer"}, {"enum", Json::array({400})}}},
        {"traceId", {{"type", "string"}}}}}};
  schemas["NotFoundProblem"] = {{"type", "object"},
                                {"description", "Problem details of an unknown id (QO6)."},
                                {"required", {"type", "title", "status", "traceId"}},
                                {"properties",
                                 {{"type", {{"type", "string"}}},
                                  {"title", {{"type", "string"}}},
                                  {"status", {{"type", "integer"}, {"enum", Json::array({404})}}},
                                  {"traceId", {{"type", "string"}}}}}};
  return schemas;
}

// Q17: what stands before an event's own fields.
void PutEnvelope(const Body& event, Json& schema) {
  Json properties{
      {"webhookId",
       {{"type", "string"}, {"format", "uuid"}, {"description", "The same at every try."}}},
      {"timestamp", Text("UTC, with seven fractional digits.")},
      {"topic", {{"type", "string"}, {"enum", Json::array({event.name})}}}};
  for (const auto& [name, property] : schema["properties"].items()) properties[name] = property;
  Json required = Json::array();
  for (const auto& [name, property] : properties.items()) required.push_back(name);
  schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
}

}  // namespace

Json SchemaRef(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

Json FieldSchema(const Field& field) {
  Json schema;
  switch (field.type.kind) {
    case Kind::kBool:
      schema = {{"type", "boolean"}};
      break;
    case Kind::kInt:
      schema = {{"type", "integer"}, {"format", "int32"}};
      break;
    case Kind::kNumber:
      schema = {
          {"type", "number"}, {"minimum", -qondor::kDecimalMax}, {"maximum", qondor::kDecimalMax}};
      break;
    case Kind::kText:
      schema = {{"type", "string"}};
      break;
    case Kind::kDate:  // no "date-time": that would ask for a zone
      schema = Text("2026-04-01T00:00:00Z, or without zone (Q13)");
      schema["pattern"] = kDatePattern;
      break;
    case Kind::kEnum:
    case Kind::kEnumText:
    case Kind::kEnumDigits:
      schema = SchemaRef(EnumName(*field.type.words, field.type.kind));
      break;
    case Kind::kObject:
      schema = SchemaRef(field.type.body->name);
      break;
  }
  if (!field.type.is_list) return schema;
  return {{"type", "array"}, {"items", std::move(schema)}};
}

Json QondorSchemas(const Contract& contract) {
  Reached reached;
  for (const qondor::Operation& operation : contract.operations()) {
    for (const Field& field : operation.query) reached.Add(field);
    reached.Add(operation.request);
    reached.Add(operation.response);
  }
  for (const Body* event : contract.events()) reached.Add(event);
  Json schemas = reached.Schemas(contract);
  for (const Body* event : contract.events()) PutEnvelope(*event, schemas[event->name]);
  schemas.update(ErrorSchemas());
  return schemas;
}

}  // namespace kondor::openapi
