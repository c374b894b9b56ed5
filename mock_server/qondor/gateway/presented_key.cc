#include "mock_server/qondor/gateway/presented_key.h"

#include "mock_server/http/ascii.h"

namespace kondor::qondor {

std::string PresentedKey(const http::Request& request, const http::Query& query, Choice query_key) {
  std::string key;
  bool in_header = false;
  for (const http::HeaderView& header : request.headers) {
    if (!http::EqualsIgnoreCase(header.name, "Ocp-Apim-Subscription-Key")) continue;
    if (in_header) key += ", ";
    key += http::Trim(header.value);
    in_header = true;
  }
  if (in_header || query_key == Choice::kNo) return key;
  const std::string* value = query.First("subscription-key");
  return value == nullptr ? std::string() : *value;
}

}  // namespace kondor::qondor
