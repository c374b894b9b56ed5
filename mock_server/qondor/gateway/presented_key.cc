#include "mock_server/qondor/gateway/presented_key.h"

#include <utility>

#include "mock_server/http/ascii.h"
#include "mock_server/qondor/directory/rotating_key.h"

namespace kondor::qondor {
namespace {

constexpr std::string_view kKeyHeaderName = "Ocp-Apim-Subscription-Key";
constexpr std::string_view kKeyParameterName = "subscription-key";

std::shared_ptr<const Grounds> OneOf(std::string_view which) {
  if (which.empty()) return nullptr;
  Grounds grounds;
  grounds.which = which;
  return std::make_shared<Grounds>(std::move(grounds));
}

}  // namespace

std::string PresentedKey(const http::Request& request, const http::Query& query, Choice query_key) {
  std::string key;
  bool in_header = false;
  for (const http::HeaderView& header : request.headers) {
    if (!http::EqualsIgnoreCase(header.name, kKeyHeaderName)) continue;
    if (in_header) key += ", ";
    key += http::Trim(header.value);
    in_header = true;
  }
  if (in_header || query_key == Choice::kNo) return key;
  const std::string* value = query.First(kKeyParameterName);
  return value == nullptr ? std::string() : *value;
}

std::shared_ptr<const Grounds> GroundsOfNoKey(const http::Request& request,
                                              const http::Query& query) {
  if (request.FindHeader(kKeyHeaderName) != nullptr) return OneOf("EMPTY_HEADER");
  const std::string* value = query.First(kKeyParameterName);
  // One that is there would have been the key, were it taken from there.
  return OneOf(value == nullptr || value->empty() ? "" : "QUERY_KEY_OFF");
}

std::shared_ptr<const Grounds> GroundsOfStrangersKey(const http::Request& request,
                                                     const std::string& key) {
  int lines = 0;
  for (const http::HeaderView& header : request.headers) {
    if (http::EqualsIgnoreCase(header.name, kKeyHeaderName)) ++lines;
  }
  if (lines > 1) return OneOf("SEVERAL");
  return OneOf(IsSubscriptionKey(key) ? "" : "NO_KEYS_SHAPE");
}

}  // namespace kondor::qondor
