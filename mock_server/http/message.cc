#include "mock_server/http/message.h"

#include "mock_server/http/ascii.h"

namespace kondor::http {

const HeaderView* Request::FindHeader(std::string_view name) const {
  for (const HeaderView& header : headers) {
    if (EqualsIgnoreCase(header.name, name)) return &header;
  }
  return nullptr;
}

bool SendsNothing(const Response& response) {
  return response.delivery != nullptr && (response.delivery->end == Delivery::End::kReset ||
                                          response.delivery->end == Delivery::End::kNothing);
}

std::string_view SentBody(const Response& response) {
  if (SendsNothing(response)) return {};
  const std::string_view body = response.body;
  const bool cut = response.delivery != nullptr && response.delivery->body_bytes_max;
  return cut ? body.substr(0, *response.delivery->body_bytes_max) : body;
}

}  // namespace kondor::http
