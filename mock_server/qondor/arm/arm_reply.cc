#include "mock_server/qondor/arm/arm_reply.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mock_server/http/ascii.h"
#include "mock_server/secrets/redact.h"

namespace kondor::qondor {
namespace {

Outcome OutcomeOf(int status, std::string_view code) {
  if (status == 401) return Outcome::kAuthError;
  return code == kUnknownArmRoute ? Outcome::kUnknownRoute : Outcome::kFailed;
}

// The directory's name of a field, and the one it has here.
std::string ArmFieldName(std::string_view field, std::string_view what) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNames = {{
      {"email", "email"},
      {"user", "ownerId"},
      {"product", "scope"},
      {"primary_key", "primaryKey"},
      {"secondary_key", "secondaryKey"},
  }};
  for (const auto& [name, here] : kNames) {
    if (name == field) return std::string(here);
  }
  if (field == "id") return what == "User" ? "uid" : "sid";
  return "properties";
}

// RFC 4648, of eight bytes.
std::string Base64(std::uint64_t value) {
  constexpr std::string_view kSymbols =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  // 64 bits are ten groups of six and one of four, which is filled up with zeros.
  for (int shift = 58; shift > -6; shift -= 6) {
    const std::uint64_t group = shift >= 0 ? value >> shift : value << -shift;
    text += kSymbols[group & 0x3f];
  }
  return text + "=";
}

}  // namespace

Answer ArmError(int status, std::string_view code, std::string_view message,
                const std::vector<FieldFault>& details) {
  Json list = details.empty() ? Json(nullptr) : Json::array();
  for (const FieldFault& fault : details) {
    list.push_back({{"code", code},
                    {"target", secrets::RedactText(fault.target)},
                    {"message", secrets::RedactText(fault.message)}});
  }
  Answer answer = ArmJson({{"error",
                            {{"code", code},
                             {"message", secrets::RedactText(message)},
                             {"details", std::move(list)}}}});
  answer.response.status = status;
  answer.outcome = OutcomeOf(status, code);
  answer.code = code;
  return answer;
}

Answer ArmNotFound(std::string_view what) {
  return ArmError(404, "ResourceNotFound", std::string(what) + " not found.");
}

Answer ArmInvalid(const std::vector<FieldFault>& faults) {
  return ArmError(400, "ValidationError", "One or more fields contain incorrect values:", faults);
}

Answer ArmPreconditionFailed() {
  return ArmError(412, "PreconditionFailed", "Resource was modified since last retrieval.");
}

Answer ArmRefused(const Error& error, std::string_view what) {
  switch (error.kind) {
    case ErrorKind::kNotFound:
      return ArmNotFound(what);
    case ErrorKind::kStale:
      return ArmPreconditionFailed();
    case ErrorKind::kInvalidArgument:
    case ErrorKind::kAlreadyExists:
      return ArmInvalid({{ArmFieldName(error.field, what), error.message}});
    default:
      break;  // no room for more; the other kinds are a client's
  }
  return ArmError(409, "ResourceLimitReached", error.message);
}

Answer ArmEntity(int status, const Json& entity, std::uint64_t version) {
  Answer answer = ArmJson(entity);
  answer.response.status = status;
  answer.response.headers.push_back({"ETag", EntityTag(version)});
  return answer;
}

Answer ArmJson(const Json& body) {
  Answer answer;
  answer.response.content_type = "application/json; charset=utf-8";
  answer.response.body = DumpJson(body);
  return answer;
}

Answer ArmEmpty(int status) {
  Answer answer;
  answer.response.status = status;
  return answer;
}

std::string EntityTag(std::uint64_t version) { return "\"" + Base64(version) + "\""; }

IfMatch ReadIfMatch(const http::Request& request, std::uint64_t version) {
  const http::HeaderView* header = request.FindHeader("If-Match");
  if (header == nullptr || header->value.empty()) return IfMatch::kMissing;
  std::string_view rest = header->value;
  while (!rest.empty()) {  // a list of tags, one of which must be right (RFC 9110, 13.1.1)
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view tag = http::Trim(rest.substr(0, comma));
    if (tag == "*") return IfMatch::kAny;
    if (tag == EntityTag(version)) return IfMatch::kMatches;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return IfMatch::kStale;
}

}  // namespace kondor::qondor
