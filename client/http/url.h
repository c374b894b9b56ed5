// The parts of URLs that a client has to know. Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "client/http/message.h"

namespace kondor::client {

struct BaseUrl {
  std::string origin;  // "https://k2.kondado.com.br", "http://[::1]:7070"
  std::string prefix;  // where the API begins: "", "/k2"; never ends in a slash
  bool secure = false;
  std::string host;  // without the brackets of an IPv6 address
  int port = 0;
};

// Refuses all that is no plain http or https URL: userinfo, query, fragment, blanks.
Result<BaseUrl> ParseBaseUrl(std::string_view text);

// Of one segment of a path or one part of a query: all but RFC 3986's unreserved characters is
// percent-encoded.
std::string Encode(std::string_view text);

// "?key=...&token=..."; nothing for no fields.
std::string EncodeQuery(const std::vector<Field>& query);

// Whether the request can stand on the wire as it is: a path that begins with a slash and holds no
// blank, '?', '#' or control character, and headers without line breaks.
Result<void> CheckRequest(const Request& request);

}  // namespace kondor::client
