// One HTTP request and one response as the rest of the mock sees them: no socket, no library type.
// Not thread-safe; a request is valid only while its handler runs.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/http/delivery.h"

namespace kondor::http {

// A header exactly as it was sent: nothing decoded, outer white space trimmed.
struct HeaderView {
  std::string_view name;
  std::string_view value;
};

struct Request {
  std::string_view method;          // "GET", as sent
  std::string_view target;          // "/k2/pipelines?key=..", raw: nothing decoded
  std::string_view authority;       // "k2.kondado.com.br" of a whole URL as target, or empty
  std::string_view path;            // the target up to the first '?', raw
  std::string_view query;           // after the first '?', raw; empty when there is none
  std::vector<HeaderView> headers;  // in the order sent
  std::string body;                 // de-chunked and decompressed; bounded by the server
  std::string_view peer_address;    // the socket's, as text without a port: "127.0.0.1", "::1"

  // The first header of that name, compared without case; nullptr when absent.
  const HeaderView* FindHeader(std::string_view name) const;
};

struct Header {
  std::string name;
  std::string value;
};

struct Response {
  int status = 200;
  std::string reason;        // empty: the standard phrase of the status
  std::string content_type;  // empty: no Content-Type header
  std::string body;
  std::vector<Header> headers;               // in order; never Content-Length or Connection
  bool close = false;                        // end the connection after this answer
  std::shared_ptr<const Delivery> delivery;  // null: whole and at once
};

// Whether the connection ends without a byte of it.
bool SendsNothing(const Response& response);
// What of the body goes out, if the request lets any.
std::string_view SentBody(const Response& response);

}  // namespace kondor::http
