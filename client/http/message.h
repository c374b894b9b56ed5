// A call and its answer as HTTP sees them, without anybody's library in sight. Plain
// values: Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kondor::client {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete };

// As it stands on the wire: "GET". Thread-safe.
std::string_view ToText(Method method);

// A parameter of a query or a header field.
struct Field {
  std::string name;
  std::string value;
};

struct Request {
  Method method = Method::kGet;
  // Below the base URL, beginning with a slash; what a segment must not hold is percent-encoded.
  std::string path = "/";
  std::vector<Field> query = {};    // not encoded
  std::vector<Field> headers = {};  // no line breaks in them
  std::string body = {};            // JSON, or nothing
};

struct Response {
  int status = 0;
  std::vector<Field> headers = {};
  std::string body = {};

  // The first field of that name, whatever its case; null when there is none.
  const std::string* FindHeader(std::string_view name) const;
};

}  // namespace kondor::client
