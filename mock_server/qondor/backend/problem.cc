#include "mock_server/qondor/backend/problem.h"

#include <algorithm>
#include <string>

#include "mock_server/json/parse.h"
#include "mock_server/secrets/random.h"

namespace kondor::qondor {
namespace {

// A version-4 UUID without its hyphens is 32 hexadecimal digits.
std::string HexDigits() {
  std::string digits = secrets::NewUuid();
  digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
  return digits;
}

// As the W3C's Trace Context writes it.
std::string NewTraceId() { return "00-" + HexDigits() + "-" + HexDigits().substr(0, 16) + "-00"; }

http::Response Problem(int status, const Json& body) {
  http::Response response;
  response.status = status;
  response.content_type = kProblemType;
  response.body = DumpJson(body);
  return response;
}

Json Errors(const FieldErrors& errors) {
  Json fields = Json::object();
  for (const auto& [field, message] : errors.all()) fields[field].push_back(message);
  return {{"errors", fields},
          {"type", "https://tools.ietf.org/html/rfc7231#section-6.5.1"},
          {"title", "One or more validation errors occurred."},
          {"status", 400}};
}

}  // namespace

http::Response ValidationProblem(const FieldErrors& errors) {
  Json body = Errors(errors);
  body["traceId"] = NewTraceId();
  return Problem(400, body);
}

http::Response RuleProblem(const FieldErrors& errors) { return Problem(400, Errors(errors)); }

http::Response NotFoundProblem(UnknownId reading) {
  if (reading == UnknownId::kEmpty) {
    http::Response response;
    response.status = 404;
    return response;
  }
  return Problem(404, {{"type", "https://tools.ietf.org/html/rfc7231#section-6.5.4"},
                       {"title", "Not Found"},
                       {"status", 404},
                       {"traceId", NewTraceId()}});
}

}  // namespace kondor::qondor
