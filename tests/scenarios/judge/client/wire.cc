#include "tests/scenarios/judge/client/wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "base/clock.h"

namespace kondor::judge_client {
namespace {

struct Peer {
  int port = 0;
  std::string authority, target;
};

Peer Find(const std::string& url) {
  const std::size_t host = url.find("://") + 3;
  const std::size_t path = std::min(url.find('/', host), url.size());
  Peer place;
  place.authority = url.substr(host, path - host);
  place.port = std::atoi(place.authority.substr(place.authority.find(':') + 1).c_str());
  place.target = path < url.size() ? url.substr(path) : "/";
  return place;
}

int Connect(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  std::memcpy(&generic, &address, sizeof address);
  if (::connect(descriptor, &generic, sizeof generic) == 0) return descriptor;
  ::close(descriptor);
  return -1;
}

// Everything up to the end of the stream; false when it is cut by a reset or takes too long.
bool ReadAll(int descriptor, std::chrono::milliseconds timeout, std::string& out) {
  const SystemClock clock;
  const TimePoint until = clock.Now() + timeout;
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock.Now()).count();
    pollfd stream{descriptor, POLLIN, 0};
    const int wait = timeout.count() == 0 ? -1 : static_cast<int>(std::max<long>(left, 0));
    if (::poll(&stream, 1, wait) <= 0) return false;
    char bytes[4096];
    const ssize_t got = ::read(descriptor, bytes, sizeof bytes);
    if (got == 0) return true;
    if (got < 0) return false;
    out.append(bytes, static_cast<std::size_t>(got));
  }
}

int NumberAfter(const std::string& head, const std::string& name) {
  const std::size_t at = head.find("\r\n" + name + ": ");
  return at == std::string::npos ? -1 : std::atoi(head.c_str() + at + name.size() + 4);
}

}  // namespace

Answer Exchange(const Question& question) {
  const Peer place = Find(question.url);
  const int descriptor = Connect(place.port);
  if (descriptor < 0) return {};
  std::string request = question.method + " " + place.target +
                        " HTTP/1.1\r\nHost: " + place.authority + "\r\nConnection: close\r\n";
  for (const std::string& header : question.headers) request += header + "\r\n";
  if (question.method == "POST") {
    request += "Content-Length: " + std::to_string(question.body.size()) + "\r\n";
  }
  request += "\r\n" + question.body;
  std::string reply;
  const bool sent = ::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) ==
                    static_cast<ssize_t>(request.size());
  const bool ended = sent && ReadAll(descriptor, question.timeout, reply);
  ::close(descriptor);
  const std::size_t head_end = reply.find("\r\n\r\n");
  if (!ended || head_end == std::string::npos || reply.size() < 12) return {};
  Answer answer;
  const std::string head = reply.substr(0, head_end);
  answer.status = std::atoi(reply.c_str() + 9);
  answer.retry_after_s = std::max(NumberAfter(head, "Retry-After"), 0);
  answer.body = reply.substr(head_end + 4);
  const int length = NumberAfter(head, "Content-Length");
  answer.whole = length >= 0 && answer.body.size() == static_cast<std::size_t>(length);
  return answer;
}

}  // namespace kondor::judge_client
