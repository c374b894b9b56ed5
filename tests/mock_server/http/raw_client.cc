#include "tests/mock_server/http/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

namespace kondor::http {
namespace {

constexpr timeval kPatience{10, 0};

int MakeSocket(int family) {
  const int socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof(kPatience));
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof(kPatience));
  const int yes = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  return socket;
}

bool Connect(int socket, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<in_port_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
}

bool ConnectV6(int socket, int port) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(static_cast<in_port_t>(port));
  address.sin6_addr = in6addr_loopback;
  return connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
}

std::string TakeLine(std::string& text) {
  const std::size_t end = text.find("\r\n");
  std::string line = text.substr(0, end);
  text.erase(0, end == std::string::npos ? end : end + 2);
  return line;
}

Answer ParseAnswerHead(std::string head) {
  Answer answer;
  answer.head = head;
  const std::string status_line = TakeLine(head);
  if (status_line.size() > 12) {
    answer.status = std::atoi(status_line.c_str() + 9);
    answer.reason = status_line.substr(13);
  }
  for (std::string line = TakeLine(head); !line.empty(); line = TakeLine(head)) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return answer;
}

}  // namespace

std::string Answer::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return "";
}

UnconnectedSocket::UnconnectedSocket() : socket_(MakeSocket(AF_INET)) {}

UnconnectedSocket::UnconnectedSocket(UnconnectedSocket&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)) {}

UnconnectedSocket::~UnconnectedSocket() {
  if (socket_ >= 0) close(socket_);
}

RawClient::RawClient(int port, const std::string& host)
    : socket_(MakeSocket(host == "::1" ? AF_INET6 : AF_INET)),
      connected_(host == "::1" ? ConnectV6(socket_, port) : Connect(socket_, port)) {}

RawClient::RawClient(UnconnectedSocket socket, int port)
    : socket_(std::exchange(socket.socket_, -1)), connected_(Connect(socket_, port)) {}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      connected_(other.connected_),
      buffer_(std::move(other.buffer_)) {}

RawClient::~RawClient() {
  if (socket_ >= 0) close(socket_);
}

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::FinishSending() { shutdown(socket_, SHUT_WR); }

void RawClient::ShrinkReceiveBuffer() {
  const int bytes = 4096;
  setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
}

bool RawClient::Fill() {
  std::array<char, 16 * 1024> piece;
  const ssize_t size = recv(socket_, piece.data(), piece.size(), 0);
  if (size > 0) buffer_.append(piece.data(), static_cast<std::size_t>(size));
  return size > 0;
}

std::optional<Answer> RawClient::Receive(BodyComes body) {
  std::size_t head_end = std::string::npos;
  while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) return std::nullopt;
  }
  Answer answer = ParseAnswerHead(buffer_.substr(0, head_end + 4));
  buffer_.erase(0, head_end + 4);
  const std::string length = answer.Header("Content-Length");
  if (body == BodyComes::kNo || length.empty()) return answer;
  const std::size_t size = std::strtoul(length.c_str(), nullptr, 10);
  while (buffer_.size() < size) {
    if (!Fill()) return std::nullopt;
  }
  answer.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return answer;
}

std::optional<Answer> RawClient::Ask(std::string_view request, BodyComes body) {
  // The server may refuse before it has read everything: what it says matters, not the sending.
  static_cast<void>(Send(request));
  return Receive(body);
}

std::string RawClient::Rest() {
  while (Fill()) {
  }
  return std::exchange(buffer_, {});
}

std::string RawClient::Take(std::size_t bytes_max) {
  if (buffer_.empty()) Fill();
  const std::string taken = buffer_.substr(0, bytes_max);
  buffer_.erase(0, taken.size());
  return taken;
}

bool RawClient::WasReset() {
  char byte = 0;
  return buffer_.empty() && recv(socket_, &byte, 1, 0) < 0 && errno == ECONNRESET;
}

bool RawClient::Ended() {
  if (!buffer_.empty()) return false;
  char byte = 0;
  return recv(socket_, &byte, 1, 0) == 0;
}

bool RawClient::SilentFor(std::chrono::milliseconds time) {
  pollfd entry{socket_, POLLIN, 0};
  return buffer_.empty() && poll(&entry, 1, static_cast<int>(time.count())) == 0;
}

std::string Get(std::string_view target, std::string_view more_headers) {
  return std::string("GET ") + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" +
         std::string(more_headers) + "\r\n";
}

}  // namespace kondor::http
