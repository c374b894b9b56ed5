#include "mock_server/http/acceptor.h"

#include <fcntl.h>
#include <httplib.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace kondor::http {
namespace {

constexpr int kBacklog = 4096;  // the kernel lowers it to its own net.core.somaxconn

// Newer versions of the library want to be told that the job was taken, older ones nothing.
using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue(nullptr));

// The numeric text of one of the host's addresses, IPv4 first. Left to itself the library tries one
// address after the other, so that two servers on "localhost" would silently get one each.
Result<std::string> Resolve(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int failure = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (failure != 0) {
    return Unexpected(ErrorKind::kUnavailable,
                      "cannot resolve host " + host + " (" + gai_strerror(failure) +
                          "); give an address of this machine, e.g. 127.0.0.1");
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, &freeaddrinfo);
  const addrinfo* chosen = list;  // never empty when the call succeeds
  while (chosen->ai_family != AF_INET && chosen->ai_next != nullptr) chosen = chosen->ai_next;
  if (chosen->ai_family != AF_INET) chosen = list;
  std::array<char, NI_MAXHOST> text{};
  getnameinfo(chosen->ai_addr, chosen->ai_addrlen, text.data(), text.size(), nullptr, 0,
              NI_NUMERICHOST);
  return std::string(text.data());
}

}  // namespace

class Acceptor::LibraryServer final : public httplib::Server,
                                      public std::enable_shared_from_this<LibraryServer> {
 public:
  LibraryServer(const Hire& hire, const Serve& serve) : hire_(hire), serve_(serve) {
    new_task_queue = [this] { return new Queue(shared_from_this()); };
    set_tcp_nodelay(true);
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    });
  }

  // Returns the port, or -1.
  int Bind(const std::string& address, int port) {
    if (port == 0) return bind_to_any_port(address);
    return bind_to_port(address, port) ? port : -1;
  }

  int socket() const { return svr_sock_; }
  void Adopt(int socket) { svr_sock_ = socket; }

 private:
  // The library owns its queue and destroys it with its loop; this one only hands on. A job is the
  // library's and calls back into its server, which must therefore live as long as the job.
  class Queue final : public httplib::TaskQueue {
   public:
    explicit Queue(std::shared_ptr<LibraryServer> server) : server_(std::move(server)) {}
    Enqueued enqueue(std::function<void()> job) override {
      server_->hire_([job = std::move(job), server = server_] { job(); });
      return static_cast<Enqueued>(true);
    }
    void shutdown() override {}

   private:
    const std::shared_ptr<LibraryServer> server_;
  };

  bool process_and_close_socket(socket_t socket) override {
    // The listener's TCP_NODELAY is inherited; its close-on-exec is not, in the oldest version.
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    serve_(socket);
    return true;
  }

  const Hire& hire_;
  const Serve& serve_;
};

Acceptor::Acceptor(Hire hire, Serve serve) : hire_(std::move(hire)), serve_(std::move(serve)) {}

Acceptor::~Acceptor() {
  if (listener_ >= 0) close(listener_);
}

Result<void> Acceptor::Listen(const std::string& host, int port) {
  if (port < 0 || port > 65535) {  // the resolver would silently take it modulo 65536
    return Unexpected(ErrorKind::kInvalidArgument,
                      std::to_string(port) + " is no port; choose one from 0 to 65535");
  }
  const Result<std::string> address = Resolve(host);
  if (!address) return Unexpected(address.error());
  const auto server = std::make_shared<LibraryServer>(hire_, serve_);
  errno = 0;
  port_ = server->Bind(*address, port);
  if (port_ < 0) {
    const std::string why =
        errno == EADDRINUSE ? "the port is taken; choose another or stop who holds it"
                            : std::string(errno == 0 ? "refused by the system" : strerror(errno));
    return Unexpected(ErrorKind::kUnavailable,
                      "cannot listen on " + host + " port " + std::to_string(port) + ": " + why);
  }
  listener_ = server->socket();
  if (listen(listener_, kBacklog) != 0) {
    return Unexpected(ErrorKind::kUnavailable, "cannot listen on " + host + " port " +
                                                   std::to_string(port_) + ": " + strerror(errno));
  }
  return {};
}

void Acceptor::Run() {
  const int duplicate = fcntl(listener_, F_DUPFD_CLOEXEC, 0);
  if (duplicate < 0) return;
  const auto server = std::make_shared<LibraryServer>(hire_, serve_);
  server->Adopt(duplicate);
  server->listen_after_bind();
}

void Acceptor::Stop() {
  // Not the library's stop(): that closes the descriptor under the accepting thread. This makes
  // accept() fail, now or later, and the accepting thread closes its duplicate itself.
  shutdown(listener_, SHUT_RDWR);
}

}  // namespace kondor::http
