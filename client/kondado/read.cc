#include "client/kondado/read.h"

#include <array>
#include <string_view>
#include <utility>

#include "client/call/asked_wait.h"
#include "client/json/fields.h"

namespace kondor::client {
namespace {

// RATE_LIMIT_EXCEEDED is the vendor's (K5). What it calls the others is not published: these are
// the words of Kondor's mock (OUR2), and an unknown word is a call that was rejected.
std::optional<ErrorKind> KindOfCode(std::string_view code) {
  static constexpr std::array<std::pair<std::string_view, ErrorKind>, 10> kKinds = {{
      {"RATE_LIMIT_EXCEEDED", ErrorKind::kRateLimited},
      {"MISSING_CREDENTIALS", ErrorKind::kCredentials},
      {"INVALID_CREDENTIALS", ErrorKind::kCredentials},
      {"INACTIVE_TOKEN", ErrorKind::kCredentials},
      {"PERMISSION_DENIED", ErrorKind::kCredentials},
      {"PLAN_NOT_ALLOWED", ErrorKind::kPlan},
      {"NOT_FOUND", ErrorKind::kNotFound},
      {"UNKNOWN_ROUTE", ErrorKind::kNotFound},
      {"INVALID_PARAMETERS", ErrorKind::kInvalidArgument},
      {"INVALID_BODY", ErrorKind::kInvalidArgument},
  }};
  for (const auto& [word, kind] : kKinds) {
    if (word == code) return kind;
  }
  return {};
}

ErrorKind KindOfStatus(int status) {
  if (status == 401 || status == 403) return ErrorKind::kCredentials;
  if (status == 404) return ErrorKind::kNotFound;
  if (status == 429) return ErrorKind::kRateLimited;
  if (status >= 500) return ErrorKind::kServerFault;
  if (status >= 400 || status < 300) return ErrorKind::kRejected;
  return ErrorKind::kMalformed;  // a redirection: credentials follow nobody
}

Refusal Malformed(std::string why) {
  return {ErrorKind::kMalformed, {}, "Kondado's answer " + std::move(why), {}};
}

// In what was said (K6), or in the header that a proxy before the vendor may send.
std::optional<Duration> AskedWait(const Response& response, std::string_view said) {
  if (const auto wait = WaitInSentence(said)) return wait;
  const std::string* retry_after = response.FindHeader("Retry-After");
  return retry_after == nullptr ? std::nullopt : WaitInSeconds(*retry_after);
}

Refusal FromEnvelope(const Response& response, const Json& body) {
  Fields fields(body);
  Refusal refusal;
  refusal.code = fields.TextOrNone("error").value_or("");
  const std::string said = fields.TextOrNone("message").value_or("");
  refusal.kind = KindOfCode(refusal.code).value_or(KindOfStatus(response.status));
  refusal.message = "Kondado: " + (said.empty() ? refusal.code : said);
  if (said.empty() && refusal.code.empty()) {
    refusal.message += "no reason given, status " + std::to_string(response.status);
  }
  if (refusal.kind == ErrorKind::kRateLimited) refusal.hint = AskedWait(response, said);
  return refusal;
}

}  // namespace

std::optional<Refusal> ReadKondado(const Response& response) {
  const auto body = ParseJson(response.body);
  const bool ok = response.status >= 200 && response.status < 300;
  if (!ok && !(body && body->is_object())) {
    return Refusal{KindOfStatus(response.status),
                   {},
                   "Kondado answered with status " + std::to_string(response.status),
                   AskedWait(response, {})};
  }
  if (!body) return Malformed(response.body.empty() ? "is empty" : "is no well-formed JSON");
  if (!body->is_object() && !body->is_array()) {
    return Malformed("is neither a JSON object nor a list");
  }
  if (body->is_array()) return {};
  const auto success = body->find("success");
  const bool says = success != body->end();
  if (says && !success->is_boolean()) return Malformed("has a \"success\" that is no truth value");
  if (!ok || (says && !success->get<bool>())) return FromEnvelope(response, *body);
  return {};
}

}  // namespace kondor::client
