#include "tests/scenarios/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

namespace kondor::scenarios {

Loopback::Loopback() {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, 16) != 0 || pipe(wake_) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
}

Loopback::~Loopback() {
  for (const int descriptor : {listener_, wake_[0], wake_[1]}) close(descriptor);
}

bool Loopback::Await(int descriptor) const {
  pollfd watched[] = {{wake_[0], POLLIN, 0}, {descriptor, POLLIN, 0}};
  return poll(watched, 2, -1) > 0 && watched[0].revents == 0;
}

void Loopback::End() { [[maybe_unused]] const ssize_t woken = write(wake_[1], "x", 1); }

}  // namespace kondor::scenarios
