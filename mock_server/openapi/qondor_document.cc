#include "mock_server/openapi/qondor_document.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "mock_server/control/control.h"
#include "mock_server/http/ascii.h"
#include "mock_server/openapi/qondor_answers.h"
#include "mock_server/openapi/qondor_examples.h"
#include "mock_server/openapi/qondor_schemas.h"

namespace kondor::openapi {
namespace {

using qondor::Field;
using qondor::Operation;

constexpr const char* kJsonType = "application/json";

// The n-th segment of "/Customer/v1/Customer/{id}", from 0; empty when there is none.
std::string_view Segment(std::string_view path, int index) {
  for (; index >= 0 && !path.empty(); --index) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    if (index == 0) return segment;
    path.remove_prefix(segment.size());
  }
  return {};
}

// "Customer_GetAll"; of the collection itself what the method does (Q12): "Customer_Create".
std::string OperationId(const Operation& operation) {
  const std::string controller(Segment(operation.path, 2));
  const std::string_view action = Segment(operation.path, 3);
  if (!action.empty() && action != "{id}") return controller + "_" + std::string(action);
  if (operation.method == "POST") return controller + "_Create";
  if (operation.method == "PUT") return controller + "_Update";
  return controller + (operation.method == "GET" ? "_Get" : "_Delete");
}

// A query's text as JSON of the parameter's type.
Json QueryValue(const Field& field, const std::string& text) {
  const qondor::Kind kind = field.type.kind;
  const bool plain = kind == qondor::Kind::kText || kind == qondor::Kind::kDate;
  if (plain) return text;
  Json value = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return value.is_discarded() ? Json(text) : value;
}

Json QueryParameter(const Field& field, const http::Query& example) {
  Json parameter{{"name", field.name}, {"in", "query"}};
  if (field.required) parameter["required"] = true;
  if (field.type.is_list) parameter["description"] = "Any of these; repeat the parameter (Q12).";
  parameter["schema"] = FieldSchema(field);
  if (field.required && field.type.kind == qondor::Kind::kText) {
    parameter["schema"]["minLength"] = 1;  // an empty one is as good as none, and so is a blank one
    parameter["schema"]["pattern"] = "\\S";
  }
  Json values = Json::array();
  for (const auto& [name, text] : example.pairs()) {
    if (http::EqualsIgnoreCase(name, field.name)) values.push_back(QueryValue(field, text));
  }
  if (!values.empty()) parameter["example"] = field.type.is_list ? values : values.front();
  return parameter;
}

Json Parameters(const Operation& operation, const QondorExample& example) {
  Json parameters = Json::array();
  if (operation.has_id()) {
    const Field& id = qondor::IdParameter();
    Json parameter{{"name", "id"}, {"in", "path"}, {"required", true}};
    parameter["schema"] = FieldSchema(id);
    parameter["example"] = QueryValue(id, example.id);
    parameters.push_back(std::move(parameter));
  }
  for (const Field& field : operation.query) {
    parameters.push_back(QueryParameter(field, example.query));
  }
  Json on_behalf = Json::object();
  on_behalf["$ref"] = "#/components/parameters/OnBehalfOf";
  parameters.push_back(std::move(on_behalf));
  return parameters;
}

Json JsonContent(Json schema, const Json& example) {
  Json content = Json::object();
  content[kJsonType] = {{"schema", std::move(schema)}, {"example", example}};
  return content;
}

Json Success(const Operation& operation, const QondorExample& example) {
  if (operation.response == nullptr) return {{"description", "Done; the body is empty (Q12)."}};
  Json schema = SchemaRef(operation.response->name);
  if (operation.answers_list) schema = {{"type", "array"}, {"items", schema}};
  return {
      {"description", operation.answers_list ? "All that there are: no paging (Q12)." : "Done."},
      {"content", JsonContent(std::move(schema), example.answer)}};
}

Json OperationObject(const Operation& operation, const QondorExample& example) {
  Json object{{"tags", Json::array({Segment(operation.path, 0)})},
              {"summary", operation.summary},
              {"operationId", OperationId(operation)},
              {"x-rule", operation.rule},
              {"parameters", Parameters(operation, example)}};
  if (operation.request != nullptr) {
    object["requestBody"] = {
        {"required", true},
        {"content", JsonContent(SchemaRef(operation.request->name), example.body)}};
  }
  object["responses"] = {{"200", Success(operation, example)}};
  object["responses"].update(
      QondorRefusalRefs(operation.request == nullptr ? Takes::kNoBody : Takes::kBody));
  return object;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), &http::ToLowerAscii);
  return text;
}

Json EventValue(const Field& field) {
  switch (field.type.kind) {
    case qondor::Kind::kInt:
      return 101;
    case qondor::Kind::kDate:
      return "2026-04-01T00:00:00";
    default:
      return field.name;
  }
}

// Q17: what Qondor sends by itself.
Json WebhookObject(const qondor::Body& event) {
  Json example{{"webhookId", "5f0c4a1e-7d2b-4c39-9a86-1b2c3d4e5f60"},
               {"timestamp", "2026-03-01T12:00:00.0000000Z"},
               {"topic", event.name}};
  for (const Field& field : event.fields) example[field.name] = EventValue(field);
  Json post{{"summary", "Sent when it happens, to whoever subscribed to it."},
            {"operationId", "on" + event.name},
            {"tags", Json::array({"Webhooks"})},
            {"x-rule", "Q17"},
            {"security", Json::array({Json::object()})},
            {"requestBody", {{"content", JsonContent(SchemaRef(event.name), example)}}}};
  post["responses"] = {
      {"2XX", {{"description", "Taken. Anything else, redirects included, is tried again (QO8)."}}},
      {"4XX", {{"description", "Tried again."}}}};
  return {{"post", std::move(post)}};
}

Json Server(const char* url, const char* description) {
  Json environment{{"default", "Dev"},
                   {"enum", Json::array({"Prod", "Test", "Dev"})},
                   {"description", "The examples are of Dev as the built-in seed fills it."}};
  return {{"url", url},
          {"description", description},
          {"variables", {{"environment", std::move(environment)}}}};
}

Json Components(const qondor::Contract& contract) {
  Json on_behalf{{"name", "X-OnBehalfOf-Token"},
                 {"in", "header"},
                 {"description", "A JWT. Accepted and ignored (Q10)."},
                 {"schema", {{"type", "string"}}}};
  Json header{{"type", "apiKey"}, {"in", "header"}, {"name", "Ocp-Apim-Subscription-Key"}};
  Json query{{"type", "apiKey"}, {"in", "query"}, {"name", "subscription-key"}};
  header["description"] = "A primary or secondary key. The header wins (G4).";
  query["description"] = "Looked at only without the header (G4, QO4).";
  Json components = Json::object();
  components["securitySchemes"] = {{"headerKey", std::move(header)},
                                   {"queryKey", std::move(query)}};
  components["parameters"] = {{"OnBehalfOf", std::move(on_behalf)}};
  components["responses"] = QondorRefusals();
  components["schemas"] = QondorSchemas(contract);
  return components;
}

}  // namespace

Json MakeQondorDocument() {
  const qondor::Contract& contract = qondor::Contract::Get();
  const auto examples = QondorExamples();
  Json document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Qondor, as Kondor mocks it"},
        {"version", kVersion},
        {"description",
         "Paths are matched without regard to case, and the gateway's answers come byte "
         "for byte. x-rule names the rule in docs/VENDORS.md that an operation follows."}}}};
  document["servers"] = {Server("/qondor/{environment}", "This mock, its default sandbox"),
                         Server("https://qondor.azure-api.net/{environment}", "The vendor's own")};
  document["security"] =
      Json::array({Json{{"headerKey", Json::array()}}, Json{{"queryKey", Json::array()}}});
  Json tags = Json::array(), paths = Json::object(), webhooks = Json::object();
  std::string last_tag;
  for (const Operation& operation : contract.operations()) {
    const std::string tag(Segment(operation.path, 0));
    if (tag != last_tag) {
      tags.push_back({{"name", tag}, {"description", "/" + operation.api}});
      last_tag = tag;
    }
    paths[operation.path][Lower(operation.method)] =
        OperationObject(operation, examples.at(&operation));
  }
  tags.push_back({{"name", "Webhooks"}, {"description", "What Qondor sends (Q17)"}});
  for (const qondor::Body* event : contract.events()) webhooks[event->name] = WebhookObject(*event);
  document["tags"] = std::move(tags);
  document["paths"] = std::move(paths);
  document["webhooks"] = std::move(webhooks);
  document["components"] = Components(contract);
  return document;
}

}  // namespace kondor::openapi
