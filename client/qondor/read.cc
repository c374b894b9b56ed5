#include "client/qondor/read.h"

#include "client/call/asked_wait.h"
#include "client/json/fields.h"

namespace kondor::client {
namespace {

ErrorKind KindOf(int status, bool says_when) {
  switch (status) {
    case 401:
      return ErrorKind::kCredentials;
    case 403:  // another key of the same subscription would not help
      return says_when ? ErrorKind::kRateLimited : ErrorKind::kRejected;
    case 404:
      return ErrorKind::kNotFound;
    case 412:
      return ErrorKind::kStale;
    case 429:
      return ErrorKind::kRateLimited;
    default:
      break;
  }
  if (status >= 500) return ErrorKind::kServerFault;
  return status >= 400 ? ErrorKind::kRejected : ErrorKind::kMalformed;
}

// "ProjectId: must not be empty" of Q14's errors, one after the other.
std::string FieldsAtFault(const Json& problem) {
  std::string list;
  const auto errors = problem.find("errors");
  if (errors == problem.end() || !errors->is_object()) return list;
  for (const auto& [field, whys] : errors->items()) {
    std::string fault = field;  // empty: it is about the body as a whole
    for (const Json& why : whys.is_array() ? whys : Json::array()) {
      if (!why.is_string()) continue;
      fault += (fault.empty() ? "" : ": ") + why.get_ref<const std::string&>();
    }
    if (!fault.empty()) list += (list.empty() ? "" : "; ") + fault;
  }
  return list;
}

// The gateway says "message" (G1 to G8), the backend "title" and "errors" (Q14).
std::string Said(const Response& response) {
  const auto body = ParseJson(response.body);
  if (body && body->is_object()) {
    Fields fields(*body);
    if (auto at_fault = FieldsAtFault(*body); !at_fault.empty()) return at_fault;
    for (const char* name : {"message", "title"}) {
      const auto words = fields.TextOrNone(name);
      if (words && !words->empty()) return *words;
    }
  }
  return "status " + std::to_string(response.status);
}

}  // namespace

std::optional<Refusal> ReadQondor(const Response& response) {
  if (response.status >= 200 && response.status < 300) {
    if (response.body.empty() || ParseJson(response.body)) return {};
    return Refusal{ErrorKind::kMalformed, {}, "Qondor's answer is no JSON", {}};
  }
  const std::string* retry_after = response.FindHeader("Retry-After");
  Refusal refusal{KindOf(response.status, retry_after != nullptr), {}, {}, {}};
  refusal.code = std::to_string(response.status);
  refusal.message = "Qondor: " + Said(response);
  if (retry_after != nullptr) refusal.hint = WaitInSeconds(*retry_after);
  if (refusal.kind == ErrorKind::kRateLimited && !refusal.hint) {
    refusal.hint = WaitInSentence(refusal.message);
  }
  return refusal;
}

}  // namespace kondor::client
