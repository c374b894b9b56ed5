// Requests over HTTP and HTTPS, on connections that are kept and used again.
// Thread-safe, as is what it makes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "client/http/transport.h"

namespace kondor::client {

struct HttpOptions {
  // With scheme, host, port if it is not the scheme's, and where the API begins:
  // "https://k2.kondado.com.br", "http://127.0.0.1:7070/@mine/k2". No credentials in it.
  std::string base_url;
  // An answer with a longer body is a fault: nobody is to fill our memory.
  std::size_t body_bytes_max = std::size_t{64} << 20;
  Duration connect_timeout = std::chrono::seconds(10);
  // PEM file with the authorities to trust instead of the system's; empty for the system's.
  std::string ca_file = {};
};

// kInvalidArgument: the URL cannot be used, and why.
Result<std::unique_ptr<Transport>> MakeHttpTransport(HttpOptions options);

}  // namespace kondor::client
