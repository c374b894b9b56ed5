// A server that does to each connection what a test says, byte for byte. Every wait is bounded.
// Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace kondor::client {

// One accepted connection. Not thread-safe.
class RawConnection {
 public:
  explicit RawConnection(int socket) : socket_(socket) {}
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  ~RawConnection();

  // Head and body of the next request; nothing when the other side is gone.
  std::optional<std::string> ReadRequest();
  // False when the other side is gone.
  bool Send(std::string_view bytes);
  void FinishSending();
  // The other side sees a reset, not an end.
  void Reset();
  // Until the other side has closed.
  void AwaitEnd();

 private:
  int socket_;
  std::string buffer_;
};

class RawServer {
 public:
  using Handler = std::function<void(RawConnection&, int number)>;  // the first is 0

  // Each connection in a thread of its own.
  explicit RawServer(Handler handler);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::string url() const;
  int port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void Accept();

  const Handler handler_;
  int socket_ = -1;
  int port_ = 0;
  std::atomic<int> connections_{0};
  std::vector<std::jthread> each_;  // of the accepting thread alone
  std::jthread accepting_;
};

// "HTTP/1.1 200 OK" with that body.
std::string Answer200(std::string_view body, std::string_view more_headers = "");

// Answers every request on every connection with that.
RawServer::Handler AlwaysSend(std::string answer);

// A port of loopback where nobody listens.
int DeadPort();

// One whose queue of connections is full: whoever connects gets no answer at all.
class FullPort {
 public:
  FullPort();
  ~FullPort();
  FullPort(const FullPort&) = delete;
  FullPort& operator=(const FullPort&) = delete;

  std::string url() const;

 private:
  int port_ = 0;
  std::vector<int> sockets_;
};

}  // namespace kondor::client
