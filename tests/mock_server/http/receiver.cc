#include "tests/mock_server/http/receiver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>

namespace kondor {
namespace {

// Bound to a free port of the loopback address.
int BoundSocket(int& port) {
  const int bound = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (bound < 0 || bind(bound, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(bound, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  port = ntohs(address.sin_port);
  return bound;
}

bool SendAll(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string WithLength(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

std::size_t LengthOf(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + 16, nullptr, 10);
}

}  // namespace

Receiver::Receiver() : listener_(BoundSocket(port_)), stop_(eventfd(0, EFD_CLOEXEC)) {
  if (stop_ < 0 || listen(listener_, 64) != 0) std::abort();
  thread_ = std::thread([this] { Run(); });
}

Receiver::~Receiver() {
  const std::uint64_t one = 1;
  if (write(stop_, &one, sizeof(one)) < 0) std::abort();
  thread_.join();
  close(listener_);
  close(stop_);
}

std::string Receiver::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

void Receiver::Script(std::vector<Act> acts) {
  const std::lock_guard lock(mutex_);
  script_.assign(acts.begin(), acts.end());
}

void Receiver::RedirectTo(std::string url) {
  const std::lock_guard lock(mutex_);
  redirect_ = std::move(url);
}

std::vector<std::string> Receiver::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

bool Receiver::AwaitRequests(std::size_t count) const {
  std::unique_lock lock(mutex_);
  return came_.wait_for(lock, std::chrono::seconds(10), [&] { return requests_.size() >= count; });
}

bool Receiver::WaitFor(int descriptor) const {
  std::array<pollfd, 2> entries = {{{descriptor, POLLIN, 0}, {stop_, POLLIN, 0}}};
  while (poll(entries.data(), entries.size(), -1) < 0) {
  }
  return entries[1].revents == 0;
}

void Receiver::Run() {
  while (WaitFor(listener_)) {
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    Serve(connection);
    close(connection);
  }
}

std::string Receiver::ReadRequest(int connection) const {
  std::string request;
  std::array<char, 4096> buffer;
  while (WaitFor(connection)) {
    const ssize_t size = recv(connection, buffer.data(), buffer.size(), 0);
    if (size <= 0) return request;
    request.append(buffer.data(), static_cast<std::size_t>(size));
    const std::size_t end = request.find("\r\n\r\n");
    if (end != std::string::npos && request.size() >= end + 4 + LengthOf(request)) break;
  }
  return request;
}

void Receiver::Serve(int connection) {
  const std::string request = ReadRequest(connection);
  Act act = Act::kOk;
  {
    const std::lock_guard lock(mutex_);
    if (!script_.empty()) {
      act = script_.front();
      script_.pop_front();
    }
    requests_.push_back(request);
    came_.notify_all();
  }
  Answer(connection, act, request);
}

void Receiver::Answer(int connection, Act act, const std::string& request) {
  switch (act) {
    case Act::kOk:
      SendAll(connection, WithLength("200 OK", "taken"));
      break;
    case Act::kNoContent:
      SendAll(connection, "HTTP/1.1 204 No Content\r\n\r\n");
      WaitFor(connection);
      break;
    case Act::kError:
      SendAll(connection, WithLength("500 Internal Server Error", "broken"));
      break;
    case Act::kRedirect: {
      const std::lock_guard lock(mutex_);
      SendAll(connection,
              "HTTP/1.1 302 Found\r\nLocation: " + redirect_ + "\r\nContent-Length: 0\r\n\r\n");
      break;
    }
    case Act::kClose:
      break;
    case Act::kTruncate:
      SendAll(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
      break;
    case Act::kGarbage:
      SendAll(connection, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
      break;
    case Act::kHang:
      WaitFor(connection);
      break;
    case Act::kDrip:
      SendAll(connection, "HTTP/1.1 200 OK\r\n");
      while (SendAll(connection, "X: y\r\n")) {
        pollfd entry{stop_, POLLIN, 0};
        if (poll(&entry, 1, 5) != 0) break;
      }
      break;
    case Act::kLongHead:
      SendAll(connection, "HTTP/1.1 200 OK\r\n");
      while (SendAll(connection, "X: y\r\n")) {
      }
      break;
    case Act::kChunked:
      SendAll(connection,
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ntaken\r\n0\r\n\r\n");
      WaitFor(connection);
      break;
    case Act::kEndless:
      SendAll(connection, "HTTP/1.1 200 OK\r\n\r\n");
      while (SendAll(connection, std::string(4096, 'x'))) {
      }
      break;
    case Act::kInterim:
      SendAll(connection, "HTTP/1.1 100 Continue\r\n\r\n" + WithLength("200 OK", "taken"));
      break;
    case Act::kEcho:
      SendAll(connection, WithLength("400 Bad Request", request));
      break;
    case Act::kNoLength:
      SendAll(connection, "HTTP/1.1 200 OK\r\n\r\ntaken");
      break;
  }
}

DeadPort::DeadPort() : socket_(BoundSocket(port_)) {}
DeadPort::~DeadPort() { close(socket_); }

}  // namespace kondor
