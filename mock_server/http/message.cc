#include "mock_server/http/message.h"

#include "mock_server/http/ascii.h"

namespace kondor::http {

const HeaderView* Request::FindHeader(std::string_view name) const {
  for (const HeaderView& header : headers) {
    if (EqualsIgnoreCase(header.name, name)) return &header;
  }
  return nullptr;
}

}  // namespace kondor::http
