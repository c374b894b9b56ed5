#include "mock_server/http/post.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>

#include "mock_server/http/ascii.h"
#include "mock_server/http/chunked.h"
#include "mock_server/http/deadline.h"

namespace kondor::http {
namespace {

class Socket {
 public:
  explicit Socket(int family)
      : descriptor_(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

std::optional<Address> ReadAddress(const std::string& text, int port) {
  Address address;
  const auto net_port = htons(static_cast<std::uint16_t>(port));
  in_addr v4{};
  in6_addr v6{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_addr = v4;
    in.sin_port = net_port;
    std::memcpy(&address.storage, &in, sizeof(in));
    address.size = sizeof(in);
  } else if (inet_pton(AF_INET6, text.c_str(), &v6) == 1) {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    in.sin6_addr = v6;
    in.sin6_port = net_port;
    std::memcpy(&address.storage, &in, sizeof(in));
    address.size = sizeof(in);
  } else {
    return {};
  }
  return address;
}

// The connection with its deadline and its stop button: every wait heeds both.
class Line {
 public:
  Line(int socket, Instant deadline, const StopButton& stop)
      : socket_(socket), deadline_(deadline), stop_(stop.descriptor()) {}

  // Nothing once the socket is ready for `events` (or broken: the next call then says so).
  std::optional<PostEnd> Wait(short events) const {
    std::array<pollfd, 2> entries = {{{socket_, events, 0}, {stop_, POLLIN, 0}}};
    while (true) {
      const int ready = poll(entries.data(), entries.size(), PollTimeout(deadline_));
      if (ready < 0 && errno == EINTR) continue;
      if (ready > 0 && (entries[1].revents & POLLIN) != 0) return PostEnd::kStopped;
      if (ready > 0 && SocketNow() < deadline_) return {};
      return PostEnd::kTimeout;
    }
  }

  std::optional<PostEnd> Connect(const Address& to) const {
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&to.storage), to.size) == 0) return {};
    if (errno != EINPROGRESS) return PostEnd::kNotConnected;
    if (const auto ended = Wait(POLLOUT)) return ended;
    int fault = 0;
    socklen_t size = sizeof(fault);
    const bool asked = getsockopt(socket_, SOL_SOCKET, SO_ERROR, &fault, &size) == 0;
    return asked && fault == 0 ? std::nullopt : std::optional(PostEnd::kNotConnected);
  }

  // A receiver that closes while we send may have answered already, so that is no end yet.
  std::optional<PostEnd> Send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        if (const auto ended = Wait(POLLOUT)) return ended;
      } else if (errno != EINTR) {
        return {};
      }
    }
    return {};
  }

  // Adds what comes next to `out`; kClosedEarly when nothing comes any more.
  std::optional<PostEnd> Receive(std::string& out) const {
    std::array<char, 4096> buffer;
    while (true) {
      if (const auto ended = Wait(POLLIN)) return ended;
      const ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
      if (size > 0) {
        out.append(buffer.data(), static_cast<std::size_t>(size));
        return {};
      }
      if (size == 0) return PostEnd::kClosedEarly;
      if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) return PostEnd::kClosedEarly;
    }
  }

 private:
  const int socket_;
  const Instant deadline_;
  const int stop_;
};

struct AnswerHead {
  int status = 0;
  bool chunked = false;
  std::optional<std::uint64_t> length;  // nothing: to the end of the connection
};

template <typename Number>
bool ReadNumber(std::string_view text, Number& out) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  return fault == std::errc() && end == text.data() + text.size();
}

// `raw` without the empty line at its end.
std::optional<AnswerHead> ParseAnswerHead(std::string_view raw) {
  AnswerHead head;
  if (raw.substr(0, 7) != "HTTP/1." || raw.size() < 12 || raw[8] != ' ') return {};
  if (!ReadNumber(raw.substr(9, 3), head.status) || head.status < 100) return {};
  std::size_t line_end = raw.find("\r\n");
  while (line_end != std::string_view::npos) {
    raw.remove_prefix(line_end + 2);
    line_end = raw.find("\r\n");
    const std::string_view line = raw.substr(0, line_end);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return {};
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = Trim(line.substr(colon + 1));
    if (EqualsIgnoreCase(name, "Content-Length")) {
      std::uint64_t length = 0;
      if (!ReadNumber(value, length) || (head.length && *head.length != length)) return {};
      head.length = length;
    } else if (EqualsIgnoreCase(name, "Transfer-Encoding")) {
      if (!EqualsIgnoreCase(value, "chunked")) return {};
      head.chunked = true;
    }
  }
  if (head.status == 204 || head.status == 304) {
    head.chunked = false;
    head.length = 0;
  }
  return head;
}

std::string Written(const PostRequest& request) {
  std::string text = "POST " + request.target + " HTTP/1.1\r\nHost: " + request.authority + "\r\n";
  for (const Header& header : request.headers) text += header.name + ": " + header.value + "\r\n";
  text += "Content-Length: " + std::to_string(request.body.size()) +
          "\r\nConnection: close\r\n\r\n" + request.body;
  return text;
}

// Reads the head of the final answer; `raw` keeps what came after it.
std::optional<PostEnd> ReceiveHead(const Line& line, std::string& raw, AnswerHead& head) {
  while (true) {
    const std::size_t end = raw.find("\r\n\r\n");
    if (end == std::string::npos) {
      if (raw.size() > kAnswerHeadMax) return PostEnd::kMalformed;
      if (const auto ended = line.Receive(raw)) return ended;
      continue;
    }
    const auto parsed = ParseAnswerHead(std::string_view(raw).substr(0, end));
    if (!parsed || end > kAnswerHeadMax) return PostEnd::kMalformed;
    raw.erase(0, end + 4);
    head = *parsed;
    if (head.status >= 200) return {};  // before it, "go on" and the like (RFC 9110, 15.2)
  }
}

PostEnd ReceiveChunks(const Line& line, std::string& raw, std::string& body) {
  ChunkedDecoder decoder;
  while (body.size() < kAnswerBodyMax) {
    std::string_view bytes = raw;
    const ChunkedDecoder::State state = decoder.Feed(bytes, body);
    if (state == ChunkedDecoder::State::kDone) return PostEnd::kAnswered;
    if (state == ChunkedDecoder::State::kMalformed) return PostEnd::kMalformed;
    raw.clear();
    if (const auto ended = line.Receive(raw)) return *ended;
  }
  return PostEnd::kAnswered;
}

PostEnd ReceiveBody(const Line& line, const AnswerHead& head, std::string& raw, std::string& body) {
  if (head.chunked) return ReceiveChunks(line, raw, body);
  body.swap(raw);
  while (body.size() < kAnswerBodyMax && (!head.length || body.size() < *head.length)) {
    const auto ended = line.Receive(body);
    if (!ended) continue;
    if (*ended == PostEnd::kClosedEarly && !head.length) break;
    return *ended;
  }
  return PostEnd::kAnswered;
}

}  // namespace

std::string_view ToText(PostEnd end) {
  switch (end) {
    case PostEnd::kAnswered:
      return "answered";
    case PostEnd::kNotConnected:
      return "not_connected";
    case PostEnd::kTimeout:
      return "timeout";
    case PostEnd::kClosedEarly:
      return "closed_early";
    case PostEnd::kMalformed:
      return "no_http_answer";
    case PostEnd::kStopped:
      return "stopped";
  }
  return {};
}

StopButton::StopButton() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

StopButton::~StopButton() {
  if (descriptor_ >= 0) close(descriptor_);
}

void StopButton::Press() {
  const std::uint64_t one = 1;
  // Fails only when it is pressed already, more often than anybody could.
  [[maybe_unused]] const ssize_t written = write(descriptor_, &one, sizeof(one));
}

PostAnswer Post(const PostRequest& request, const StopButton& stop) {
  PostAnswer answer;
  const auto address = ReadAddress(request.address, request.port);
  if (!address) return answer;
  const Socket socket(address->storage.ss_family);
  if (socket.descriptor() < 0) return answer;
  const int on = 1;
  setsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));

  const Line line(socket.descriptor(), SocketNow() + request.time_max, stop);
  std::optional<PostEnd> ended = line.Connect(*address);
  if (!ended) ended = line.Send(Written(request));
  std::string raw;
  AnswerHead head;
  if (!ended) ended = ReceiveHead(line, raw, head);
  if (ended) {
    answer.end = *ended;
    return answer;
  }
  answer.end = ReceiveBody(line, head, raw, answer.body);
  if (answer.end == PostEnd::kAnswered) answer.status = head.status;
  if (answer.body.size() > kAnswerBodyMax) answer.body.resize(kAnswerBodyMax);
  return answer;
}

}  // namespace kondor::http
