#include "tests/client/http/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace kondor::client {
namespace {

constexpr timeval kPatience{10, 0};

// Bound to a free port of loopback.
int BoundSocket(int& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) std::abort();
  socklen_t size = sizeof(address);
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return socket;
}

std::size_t BodyLength(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  if (at == std::string::npos) return 0;
  return static_cast<std::size_t>(std::atoll(head.c_str() + at + 16));
}

}  // namespace

RawConnection::~RawConnection() { close(socket_); }

std::optional<std::string> RawConnection::ReadRequest() {
  for (;;) {
    const std::size_t head = buffer_.find("\r\n\r\n");
    if (head != std::string::npos) {
      const std::size_t whole = head + 4 + BodyLength(buffer_.substr(0, head));
      if (buffer_.size() >= whole) {
        std::string request = buffer_.substr(0, whole);
        buffer_.erase(0, whole);
        return request;
      }
    }
    std::array<char, 16 * 1024> piece;
    const ssize_t size = recv(socket_, piece.data(), piece.size(), 0);
    if (size <= 0) return {};
    buffer_.append(piece.data(), static_cast<std::size_t>(size));
  }
}

bool RawConnection::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::FinishSending() { shutdown(socket_, SHUT_WR); }

void RawConnection::Reset() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

void RawConnection::AwaitEnd() {
  std::array<char, 4096> piece;
  while (recv(socket_, piece.data(), piece.size(), 0) > 0) {
  }
}

RawServer::RawServer(Handler handler) : handler_(std::move(handler)) {
  socket_ = BoundSocket(port_);
  listen(socket_, 256);
  accepting_ = std::jthread([this] { Accept(); });
}

RawServer::~RawServer() {
  shutdown(socket_, SHUT_RDWR);  // ends accept()
  accepting_.join();
  each_.clear();  // joins
  close(socket_);
}

std::string RawServer::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void RawServer::Accept() {
  for (;;) {
    const int accepted = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) return;
    setsockopt(accepted, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof(kPatience));
    setsockopt(accepted, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof(kPatience));
    const int yes = 1;
    setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    each_.emplace_back([this, accepted, number = connections_++] {
      RawConnection connection(accepted);
      handler_(connection, number);
    });
  }
}

std::string Answer200(std::string_view body, std::string_view more_headers) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + std::string(more_headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

RawServer::Handler AlwaysSend(std::string answer) {
  return [answer = std::move(answer)](RawConnection& connection, int) {
    while (connection.ReadRequest() && connection.Send(answer)) {
    }
  };
}

int DeadPort() {
  int port = 0;
  close(BoundSocket(port));
  return port;
}

FullPort::FullPort() {
  sockets_.push_back(BoundSocket(port_));
  listen(sockets_.front(), 0);
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  getsockname(sockets_.front(), generic, &size);
  for (int i = 0; i < 4; ++i) {
    sockets_.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // Not waited for: those beyond the backlog stay half open, which is the point.
    static_cast<void>(connect(sockets_.back(), generic, size));
  }
}

FullPort::~FullPort() {
  for (const int socket : sockets_) close(socket);
}

std::string FullPort::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

}  // namespace kondor::client
