#include "client/budget/redis_connection.h"

#include <hiredis/hiredis.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace kondor::limiter {
namespace {

Unexpected NoAnswerInTime() { return Unexpected(ErrorKind::kDeadline, "no answer in time"); }

Unexpected Fault(const std::string& why) { return Unexpected(ErrorKind::kTransport, why); }

Unexpected Fault(int error) {
  // A send or receive time-out shows as one of these.
  if (error == EAGAIN || error == EWOULDBLOCK || error == EINPROGRESS) return NoAnswerInTime();
  return Fault(std::generic_category().message(error));
}

void SetPatience(int socket, Duration patience) {
  const auto micros = std::chrono::ceil<std::chrono::microseconds>(patience).count();
  timeval limit{};
  limit.tv_sec = micros / 1'000'000;
  limit.tv_usec = micros % 1'000'000;
  // The first is for connecting, too.
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

// A connected socket, or -1 and errno.
int ConnectTo(int family, const sockaddr* address, socklen_t size, Duration patience) {
  const int socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  SetPatience(socket, patience);
  if (::connect(socket, address, size) == 0) return socket;
  const int error = errno;
  ::close(socket);
  errno = error;
  return -1;
}

Result<int> ConnectToPath(const std::string& path, Duration patience) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return Fault("the path of its socket is too long");
  std::memcpy(address.sun_path, path.data(), path.size());
  const auto* const as_generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
  const int socket = ConnectTo(AF_UNIX, as_generic, sizeof address, patience);
  if (socket < 0) return Fault(errno);
  return socket;
}

Result<int> ConnectToHost(const RedisAddress& address, Duration patience) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(address.port);
  const int failed = ::getaddrinfo(address.host.c_str(), port.c_str(), &wanted, &found);
  if (failed != 0) return Fault(::gai_strerror(failed));
  int socket = -1;
  int error = 0;
  for (const addrinfo* one = found; one != nullptr && socket < 0; one = one->ai_next) {
    socket = ConnectTo(one->ai_family, one->ai_addr, one->ai_addrlen, patience);
    error = errno;
  }
  ::freeaddrinfo(found);
  if (socket < 0) return Fault(error);
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return socket;
}

RedisReply Copied(const redisReply& reply) {
  using Kind = RedisReply::Kind;
  switch (reply.type) {
    case REDIS_REPLY_INTEGER:
      return {.kind = Kind::kNumber, .number = reply.integer};
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      return {.kind = Kind::kText, .text = std::string(reply.str, reply.len)};
    case REDIS_REPLY_ERROR:
      return {.kind = Kind::kError, .text = std::string(reply.str, reply.len)};
    case REDIS_REPLY_ARRAY: {
      RedisReply list{.kind = Kind::kList};
      for (std::size_t i = 0; i < reply.elements; ++i) {
        list.list.push_back(Copied(*reply.element[i]));
      }
      return list;
    }
    default:
      return {};
  }
}

}  // namespace

void RedisConnection::FreeReader::operator()(redisReader* reader) const {
  ::redisReaderFree(reader);
}

RedisConnection::RedisConnection(int socket, Duration patience)
    : socket_(socket), patience_(patience), reader_(::redisReaderCreate()) {}

RedisConnection::~RedisConnection() { ::close(socket_); }

Result<std::unique_ptr<RedisConnection>> RedisConnection::Connect(const RedisAddress& address,
                                                                  Duration patience) {
  const Result<int> socket = address.host.empty() ? ConnectToPath(address.socket_path, patience)
                                                  : ConnectToHost(address, patience);
  if (!socket) return Unexpected(socket.error());
  return std::unique_ptr<RedisConnection>(new RedisConnection(*socket, patience));
}

Result<RedisReply> RedisConnection::Command(const std::vector<std::string>& words) {
  if (const Result<void> sent = Send(words); !sent) return Unexpected(sent.error());
  return Receive();
}

Result<void> RedisConnection::Send(const std::vector<std::string>& words) {
  std::vector<const char*> pointers;
  std::vector<std::size_t> sizes;
  for (const std::string& word : words) {
    pointers.push_back(word.data());
    sizes.push_back(word.size());
  }
  char* text = nullptr;
  const long long size = ::redisFormatCommandArgv(&text, static_cast<int>(words.size()),
                                                  pointers.data(), sizes.data());
  if (size < 0) return Fault("out of memory");
  const std::string command(text, static_cast<std::size_t>(size));
  ::redisFreeCommand(text);
  for (std::size_t done = 0; done < command.size();) {
    const ssize_t put = ::send(socket_, command.data() + done, command.size() - done, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return Fault(errno);
    done += static_cast<std::size_t>(put);
  }
  return {};
}

Result<RedisReply> RedisConnection::Receive() {
  const TimePoint late = clock_.Now() + patience_;
  std::array<char, 16'384> bytes;
  for (;;) {
    void* raw = nullptr;
    if (::redisReaderGetReply(reader_.get(), &raw) != REDIS_OK) {
      return Unexpected(ErrorKind::kMalformed, "what it says is not Redis's protocol");
    }
    if (raw != nullptr) {
      const std::unique_ptr<void, void (*)(void*)> reply(raw, &::freeReplyObject);
      return Copied(*static_cast<const redisReply*>(raw));
    }
    const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Fault(errno);
    if (got == 0) return Fault("it closed the connection");
    ::redisReaderFeed(reader_.get(), bytes.data(), static_cast<std::size_t>(got));
    // Each of many small pieces may be in time, and all of them not.
    if (clock_.Now() > late) return NoAnswerInTime();
  }
}

}  // namespace kondor::limiter
