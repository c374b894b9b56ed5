// The edge: the only place that knows a socket and the HTTP library.
//
// The library listens and accepts (acceptor.h); from there on a connection is ours, byte by byte,
// because inside one nearly each step of the library has a trap. The rest of the mock sees whole,
// bounded, undecoded requests, and what it answers leaves exactly as given: nothing is compressed
// and no header is added but Content-Length, Content-Type and Connection. Thread-safe. The handler
// runs on many threads at once and must not throw for expected failures (what it throws becomes a
// 500 through `error_body`, never the end of the server).
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "mock_server/http/message.h"

namespace kondor::http {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;                                      // 0: any free one
  std::size_t threads_max = 1024;                    // one per connection being served
  std::size_t head_bytes_max = 64 * 1024;            // request line and headers; over it: 431
  std::size_t target_bytes_max = 32 * 1024;          // over it: 414
  std::size_t header_count_max = 100;                // over it: 431
  std::size_t body_bytes_max = 8 * 1024 * 1024;      // decoded; over it: 413
  std::chrono::milliseconds head_time_max{10'000};   // first byte of a head to its last: 408
  std::chrono::milliseconds body_time_max{30'000};   // the same for the body
  std::chrono::milliseconds idle_time_max{75'000};   // keep-alive between two requests
  std::chrono::milliseconds drain_time_max{800};     // Stop(): what in-flight answers may take
  std::chrono::milliseconds write_time_max{30'000};  // for the client to take one answer
  std::chrono::milliseconds linger_time_max{1'000};  // for a refused client to stop sending
  std::chrono::milliseconds thread_idle_time_max{10'000};  // a thread without a connection
};

// An answer the edge gives by itself (400, 408, 413, 414, 431 ...), before the handler is asked.
// `code` is a stable word such as "BODY_TOO_LARGE"; `message` says the mend.
using ErrorBody =
    std::function<Response(int status, std::string_view code, std::string_view message)>;
using Handler = std::function<Response(const Request&)>;

class Server {
 public:
  Server(ServerOptions options, Handler handler, ErrorBody error_body);
  ~Server();  // stops

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Returns once requests are answered. kUnavailable when the port is taken, naming it.
  Result<void> Start();
  // Lets answers in flight finish, closes idle connections, joins every thread. Idempotent. A
  // handler cannot be interrupted: one that outlasts `drain_time_max` is waited for. Not to be
  // called by a handler.
  void Stop();
  // The port listened on; 0 before Start().
  int port() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kondor::http
