#include "mock_server/http/connection.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <utility>

#include "mock_server/http/body.h"
#include "mock_server/http/response_head.h"

namespace kondor::http {
namespace {

// What a connection may keep of a large body's memory while it waits for the next request.
constexpr std::size_t kKeptBodyBytes = 64 * 1024;

constexpr Refusal kHeadTooSlow{408, "HEAD_TIMEOUT",
                               "The request's headers took too long; send them faster."};
constexpr Refusal kHandlerFailed{500, "INTERNAL_ERROR", "The mock failed to answer this request."};

std::string PeerAddress(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  std::array<char, NI_MAXHOST> text{};
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (getpeername(socket, generic, &size) != 0 ||
      getnameinfo(generic, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
    return "";
  }
  std::string_view peer = text.data();
  constexpr std::string_view kMapped = "::ffff:";  // an IPv4 client of an IPv6 socket
  if (peer.substr(0, kMapped.size()) == kMapped && peer.find('.') != peer.npos) {
    peer.remove_prefix(kMapped.size());
  }
  return std::string(peer);
}

}  // namespace

Connection::Connection(Edge& edge, int socket)
    : edge_(edge),
      socket_(socket),
      peer_address_(PeerAddress(socket)),
      entry_(socket),
      stream_(socket, edge.options.idle_time_max) {
  request_.peer_address = peer_address_;
}

Connection::~Connection() { close(socket_); }

void Connection::Serve() {
  if (!edge_.roster.Add(entry_)) return;
  try {
    Next next = Next::kRequest;
    while (next == Next::kRequest) next = ServeRequest();
    if (next == Next::kEndGently) {
      entry_.Now(Activity::kEnding);
      stream_.EndGently(SocketNow() + edge_.options.linger_time_max);
    }
  } catch (...) {
    // Out of memory: this connection ends, the others go on.
  }
  edge_.roster.Remove(entry_);
}

Connection::Next Connection::ServeRequest() {
  if (!AwaitRequest()) return Next::kEnd;
  entry_.Now(Activity::kReading);
  if (const auto refusal = ReadHead()) return Refuse(*refusal);
  const BodyLimits limits{edge_.options.body_bytes_max, SocketNow() + edge_.options.body_time_max};
  if (const auto refusal = ReadBody(stream_, framing_, limits, request_.body)) {
    return Refuse(*refusal);
  }
  entry_.Now(Activity::kAnswering);
  return Answer(Ask());
}

bool Connection::AwaitRequest() {
  if (!stream_.buffered().empty()) return true;
  if (request_.body.capacity() > kKeptBodyBytes) request_.body = std::string();
  entry_.Now(std::exchange(fresh_, false) ? Activity::kFresh : Activity::kIdle);
  // Looked at after the activity is told, as Stop() looks at the activity after it said so: one of
  // the two sides sees the other. What has come already is still answered.
  const Stream::Read read =
      edge_.roster.stopping() ? stream_.ReadUntil(SocketNow()) : stream_.Await();
  return read == Stream::Read::kBytes;
}

std::optional<Refusal> Connection::ReadHead() {
  const Instant deadline = SocketNow() + edge_.options.head_time_max;
  const HeadLimits limits{edge_.options.target_bytes_max, edge_.options.header_count_max};
  request_.method = std::string_view();
  head_.clear();
  HeadScanner scanner;
  while (true) {
    const std::size_t before = head_.size();
    head_.append(stream_.buffered());
    const HeadScanner::State state = scanner.Scan(head_);
    if (state == HeadScanner::State::kMalformed) return HeadMalformed();
    const bool complete = state == HeadScanner::State::kComplete;
    const std::size_t size = complete ? scanner.size() : head_.size();
    if (size > edge_.options.head_bytes_max) return HeadTooLarge(head_, limits);
    stream_.Consume(size - before);
    if (complete) {
      head_.resize(size);
      return ParseHead(head_, limits, request_, framing_);
    }
    const Stream::Read read = stream_.ReadUntil(deadline);
    if (read == Stream::Read::kTimeout) return kHeadTooSlow;
    if (read == Stream::Read::kEnd) return kNobodyLeft;
  }
}

Connection::Next Connection::Refuse(const Refusal& refusal) {
  if (refusal.status == 0) return Next::kEnd;
  entry_.Now(Activity::kAnswering);
  // Some of the request may be unread: nothing after it could be told from it.
  Response response = ErrorAnswer(refusal);
  response.close = true;
  return Answer(response);
}

Response Connection::Ask() const {
  try {
    Response response = edge_.handler(request_);
    if (response.status >= 200 && response.status <= 999) return response;
  } catch (...) {
    // What was thrown stays here: it may hold secrets.
  }
  return ErrorAnswer(kHandlerFailed);
}

Response Connection::ErrorAnswer(const Refusal& refusal) const {
  try {
    return edge_.error_body(refusal.status, refusal.code, refusal.message);
  } catch (...) {
    Response response;
    response.status = refusal.status;
    return response;
  }
}

Connection::Next Connection::Answer(const Response& response) {
  if (response.delivery != nullptr) return Deliver(response, *response.delivery);
  const bool ended_by_us = response.close || !stream_.buffered().empty();
  const bool ends =
      response.close || framing_.persistence == Persistence::kClose || edge_.roster.stopping();
  response_head_.clear();
  AppendResponseHead(response, framing_, ends ? Persistence::kClose : Persistence::kKeepAlive,
                     response_head_);
  const bool has_body = MayHaveBody(response.status) && request_.method != "HEAD";
  if (!stream_.Write(response_head_, has_body ? std::string_view(response.body) : "",
                     SocketNow() + edge_.options.write_time_max)) {
    return Next::kEnd;
  }
  if (!ends) return Next::kRequest;
  return ended_by_us ? Next::kEndGently : Next::kEnd;
}

}  // namespace kondor::http
