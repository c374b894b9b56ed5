// A request and an answer of HTTP/1.1, byte for byte: nothing is added, decoded or put in order.
// Plain values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kondor::scenarios {

using Headers = std::vector<std::pair<std::string, std::string>>;

// What goes out is the request line, the headers as they are, and the body.
struct Request {
  std::string method = "GET";
  std::string target = "/";
  Headers headers = {};
  std::string body = {};
};

struct Reply {
  int status = 0;
  std::string reason;
  Headers headers;
  std::string body;

  const std::string* Header(std::string_view name) const;  // the first; null for none
  std::size_t Count(std::string_view name) const;
};

// Of header names, which have no case.
bool SameName(std::string_view a, std::string_view b);

std::string PercentEncoded(std::string_view text);  // for a query's names and values

}  // namespace kondor::scenarios
