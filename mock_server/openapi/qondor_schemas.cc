#include "mock_server/openapi/qondor_schemas.h"

#include <set>

namespace kondor::openapi {
namespace {

using qondor::Body;
using qondor::Contract;
using qondor::Enum;
using qondor::Field;
using qondor::Kind;

// An enum travels as its number; in two places as its word, or as its digits in a string (Q13).
std::string EnumName(const Enum& words, Kind kind) {
  if (kind == Kind::kEnumText) return words.name + "Word";
  return kind == Kind::kEnumDigits ? words.name + "Digits" : words.name;
}

Json EnumSchema(const Enum& words, Kind kind) {
  Json values = Json::array();
  std::string description;
  for (const auto& [number, word] : words.words) {
    if (kind == Kind::kEnum) {
      values.push_back(number);
    } else {
      values.push_back(kind == Kind::kEnumText ? word : std::to_string(number));
    }
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

// Of an answer: every field is there, if only as null. Of a request: those it does not go without.
Json BodySchema(const Body& body, bool is_request) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : body.fields) {
    properties[field.name] = field.required ? FieldSchema(field) : OrNull(FieldSchema(field));
    if (field.required || !is_request) required.push_back(field.name);
  }
  Json schema{{"type", "object"}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  return schema;
}

// What operations and events lead to, in the order of the contract.
class Reached {
 public:
  void Add(const Body* body, bool is_request) {
    if (body == nullptr || !bodies_.insert(body).second) return;
    if (is_request) requests_.insert(body);
    for (const Field& field : body->fields) Add(field, is_request);
  }
  void Add(const Field& field, bool is_request) {
    if (field.type.words != nullptr) enums_.insert(EnumName(*field.type.words, field.type.kind));
    if (field.type.body != nullptr) Add(field.type.body, is_request);
  }
  Json Schemas(const Contract& contract) const {
    Json schemas = Json::object();
    for (const Enum& words : contract.enums()) {
      for (const Kind kind : {Kind::kEnum, Kind::kEnumText, Kind::kEnumDigits}) {
        const std::string name = EnumName(words, kind);
        if (enums_.contains(name)) schemas[name] = EnumSchema(words, kind);
      }
    }
    for (const Body& body : contract.bodies()) {
      if (bodies_.contains(&body)) schemas[body.name] = BodySchema(body, requests_.contains(&body));
    }
    return schemas;
  }

 private:
  std::set<const Body*> bodies_, requests_;
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
      schema = {{"type", "number"}};
      break;
    case Kind::kText:
      schema = {{"type", "string"}};
      break;
    case Kind::kDate:  // no "date-time": that would ask for a zone
      schema = Text("2026-04-01T00:00:00Z, or without zone (Q13)");
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
    for (const Field& field : operation.query) reached.Add(field, /*is_request=*/true);
    reached.Add(operation.request, /*is_request=*/true);
    reached.Add(operation.response, /*is_request=*/false);
  }
  for (const Body* event : contract.events()) reached.Add(event, /*is_request=*/false);
  Json schemas = reached.Schemas(contract);
  for (const Body* event : contract.events()) PutEnvelope(*event, schemas[event->name]);
  schemas.update(ErrorSchemas());
  return schemas;
}

}  // namespace kondor::openapi
