#include "mock_server/front/own_reply.h"

#include "mock_server/secrets/redact.h"

namespace kondor {

http::Response OwnJson(int status, const Json& body) {
  http::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = PrettyJson(body) + "\n";
  return response;
}

http::Response OwnError(int status, std::string_view code, std::string_view message) {
  // Some messages repeat a name the caller chose; it may be a secret in the wrong place.
  return OwnJson(status, {{"error", code}, {"message", secrets::RedactText(message)}});
}

}  // namespace kondor
