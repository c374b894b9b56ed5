#include "tests/mock_server/openapi/operations.h"

#include <algorithm>
#include <cctype>

namespace kondor::openapi {
namespace {

std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

void AddContents(const Json& holder, std::vector<Json>& contents) {
  if (!holder.contains("content")) return;
  for (const Json& content : holder["content"]) contents.push_back(content);
}

Operation ReadOperation(const Json& document, const std::string& method, const std::string& path,
                        const Json& item) {
  Operation operation;
  operation.method = Upper(method);
  operation.path = path;
  const Json& servers = item.contains("servers") ? item["servers"] : document["servers"];
  operation.server = servers[0]["url"].get<std::string>();
  operation.object = item[method];
  for (const Json& parameter : operation.object.value("parameters", Json::array())) {
    operation.parameters.push_back(Dereferenced(document, parameter));
  }
  if (operation.object.contains("requestBody")) {
    AddContents(operation.object["requestBody"], operation.contents);
  }
  for (const Json& answer : operation.object["responses"]) {
    AddContents(Dereferenced(document, answer), operation.contents);
  }
  return operation;
}

std::string QueryText(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

std::vector<Operation> OperationsOf(const Json& document) {
  std::vector<Operation> operations;
  for (const char* group : {"paths", "webhooks"}) {
    if (!document.contains(group)) continue;
    for (const auto& [path, item] : document[group].items()) {
      for (const auto& [method, object] : item.items()) {
        if (method == "servers") continue;
        operations.push_back(ReadOperation(document, method, path, item));
        operations.back().is_webhook = group == std::string("webhooks");
      }
    }
  }
  return operations;
}

std::vector<Json> ExamplesOf(const Json& content) {
  std::vector<Json> examples;
  if (content.contains("example")) examples.push_back(content["example"]);
  if (!content.contains("examples")) return examples;
  for (const Json& example : content["examples"]) examples.push_back(example["value"]);
  return examples;
}

const Json& Dereferenced(const Json& document, const Json& value) {
  if (!value.contains("$ref")) return value;
  const Json* found = Find(document, value["$ref"].get<std::string>());
  return found == nullptr ? value : *found;
}

std::string TargetOf(const Operation& operation) {
  std::string path = operation.path, query;
  for (const Json& parameter : operation.parameters) {
    if (!parameter.contains("example")) continue;
    const std::string name = parameter["name"].get<std::string>();
    const Json& example = parameter["example"];
    if (parameter["in"] == "path") {
      path.replace(path.find("{" + name + "}"), name.size() + 2, QueryText(example));
    } else if (parameter["in"] == "query") {
      const Json values = example.is_array() ? example : Json::array({example});
      for (const Json& value : values) {
        query += (query.empty() ? "?" : "&") + name + "=" + QueryText(value);
      }
    }
  }
  return path + query;
}

std::string BodyOf(const Operation& operation) {
  if (!operation.object.contains("requestBody")) return {};
  return operation.object["requestBody"]["content"]["application/json"]["example"].dump();
}

const Json* AnswerSchema(const Json& document, const Operation& operation, int status,
                         const std::string& content_type) {
  static const Json anything = Json::object();
  const Json& answers = operation.object["responses"];
  std::string key = std::to_string(status);
  if (!answers.contains(key)) key = key.substr(0, 1) + "XX";
  if (!answers.contains(key)) return nullptr;
  const Json& answer = Dereferenced(document, answers[key]);
  if (!answer.contains("content")) return content_type.empty() ? &anything : nullptr;
  const std::string media = content_type.substr(0, content_type.find(';'));
  const auto& content = answer["content"];
  return content.contains(media) ? &content[media]["schema"] : nullptr;
}

}  // namespace kondor::openapi
