#include "scenarios/wire/socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace kondor::scenarios {
namespace {

void SetPatience(int socket, Duration patience) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(patience).count();
  timeval time{};
  time.tv_sec = static_cast<time_t>(micros / 1'000'000);
  time.tv_usec = static_cast<suseconds_t>(micros % 1'000'000);
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time));
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof(time));  // bounds connect(), too
  const int yes = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

}  // namespace

std::string WithReason(const std::string& what) {
  if (errno == EAGAIN || errno == EINPROGRESS) return what + ": it took too long";
  return what + ": " + std::generic_category().message(errno);
}

Socket::~Socket() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool Socket::Ended() const {
  pollfd entry{descriptor_, POLLIN, 0};
  return poll(&entry, 1, 0) != 0;
}

Result<Socket> ConnectSocket(const Url& url, Duration patience) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(url.host.c_str(), url.port.c_str(), &hints, &found);
  if (error != 0) {
    return Unexpected(ErrorKind::kTransport,
                      "there is no host '" + url.host + "' (" + gai_strerror(error) + ")");
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, &freeaddrinfo);
  std::string why = "no address of " + url.host + " can be connected";
  for (const addrinfo* one = list.get(); one != nullptr; one = one->ai_next) {
    Socket socket(::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol));
    if (socket.descriptor() < 0) {
      why = WithReason("no socket");
      continue;
    }
    SetPatience(socket.descriptor(), patience);
    if (connect(socket.descriptor(), one->ai_addr, one->ai_addrlen) == 0) return socket;
    why = WithReason("cannot connect to " + url.Authority());
  }
  return Unexpected(ErrorKind::kTransport, why);
}

}  // namespace kondor::scenarios
