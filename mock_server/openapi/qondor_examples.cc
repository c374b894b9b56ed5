#include "mock_server/openapi/qondor_examples.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "mock_server/openapi/texts.h"
#include "mock_server/qondor/backend/backend.h"

namespace kondor::openapi {
namespace {

using qondor::Backend;

constexpr TimePoint kNow = FromUnixMicros(1'772'366'400'000'000);  // 2026-03-01T12:00:00Z
constexpr std::string_view kAnyUuid = "5f0c4a1e-7d2b-4c39-9a86-1b2c3d4e5f60";

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    const bool digit = std::string_view("0123456789abcdef").find(text[i]) != text.npos;
    if (hyphen ? text[i] != '-' : !digit) return false;
  }
  return true;
}

// What is made by chance would differ every time; what the seed holds does not.
void FixUuids(const std::string& seed, Json& value) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (IsUuid(text) && seed.find(text) == std::string::npos) value = kAnyUuid;
  }
  if (!value.is_structured()) return;
  for (Json& inner : value) FixUuids(seed, inner);
}

}  // namespace

std::map<const qondor::Operation*, QondorExample> QondorExamples() {
  const Result<Json> calls = ParseJson(QondorExamplesText());
  if (!calls) std::abort();  // a broken build; every test of the documents says so
  std::map<const qondor::Operation*, QondorExample> examples;
  const std::string seed = qondor::DefaultBackendSeedText();
  Backend backend(qondor::Environment::kDev, qondor::DefaultBackendSeed());
  for (const Json& call : *calls) {
    const std::string text = call["call"].get<std::string>();
    const std::size_t blank = text.find(' ');
    const std::string method = text.substr(0, blank);
    const std::size_t mark = std::min(text.find('?'), text.size());
    const auto route =
        qondor::Contract::Get().Find(method, text.substr(blank + 1, mark - blank - 1));
    if (!route) std::abort();  // as above
    QondorExample example{
        route->id, http::Query(std::string_view(text).substr(std::min(mark + 1, text.size()))),
        call.value("body", Json()), Json()};
    http::Request request;
    request.method = method;
    if (!example.body.is_null()) request.body = DumpJson(example.body);
    backend.Reset();
    const qondor::BackendAnswer answer =
        backend.Answer(*route, example.query, request, kNow, QondorSettings{});
    example.answer = Json::parse(answer.response.body, nullptr, /*allow_exceptions=*/false);
    if (answer.response.body.empty()) example.answer = nullptr;
    FixUuids(seed, example.answer);
    examples.emplace(route->operation, std::move(example));
  }
  return examples;
}

}  // namespace kondor::openapi
