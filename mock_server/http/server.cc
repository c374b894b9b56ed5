#include "mock_server/http/server.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <thread>
#include <utility>

#include "base/mutex.h"
#include "mock_server/http/acceptor.h"
#include "mock_server/http/connection.h"
#include "mock_server/http/edge.h"

namespace kondor::http {
namespace {

// How long to wait for a thread or a descriptor to be given back before making room again.
constexpr auto kScarcityPause = std::chrono::milliseconds(2);

// True when accept() would find a free descriptor.
bool HasDescriptor() {
  const int spare = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (spare < 0) return errno != EMFILE && errno != ENFILE;
  close(spare);
  return true;
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, Handler handler, ErrorBody error_body)
      : edge_(std::move(options), std::move(handler), std::move(error_body)),
        acceptor_([this](Pool::Job job) { Hire(std::move(job)); },
                  [this](int socket) { Connection(edge_, socket).Serve(); }) {}

  Result<void> Start() KONDOR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (port_ != 0 || edge_.roster.stopping()) {
      return Unexpected(ErrorKind::kInvalidArgument, "a server can be started once only");
    }
    if (auto listening = acceptor_.Listen(edge_.options.host, edge_.options.port); !listening) {
      return listening;
    }
    port_ = acceptor_.port();
    accepting_ = std::thread([this] { Accept(); });
    return {};
  }

  void Stop() KONDOR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    edge_.roster.StartStopping();
    if (accepting_.joinable()) {
      acceptor_.Stop();
      accepting_.join();
    }
    edge_.roster.AwaitEmpty(SocketNow() + edge_.options.drain_time_max);
    edge_.pool.Shutdown();
  }

  int port() const { return port_; }

 private:
  void Accept() {
    while (!edge_.roster.stopping()) {
      acceptor_.Run();
      edge_.roster.AwaitRemoval(SocketNow() + kScarcityPause);
    }
  }

  // On the accepting thread: one connection more. Who cannot be served or accepted now waits in the
  // kernel while room is made.
  void Hire(Pool::Job job) {
    edge_.pool.Submit(std::move(job));
    while (edge_.pool.waiting() > 0 && !edge_.roster.stopping()) {
      edge_.roster.MakeRoom();
      edge_.pool.AwaitNoneWaiting(SocketNow() + kScarcityPause);
    }
    // Without a free descriptor the library would try to accept again and again.
    while (!HasDescriptor() && !edge_.roster.stopping()) {
      edge_.roster.MakeRoom();
      edge_.roster.AwaitRemoval(SocketNow() + kScarcityPause);
    }
  }

  Edge edge_;
  Acceptor acceptor_;
  Mutex mutex_;  // one Start() or Stop() at a time
  std::atomic<int> port_{0};
  std::thread accepting_ KONDOR_GUARDED_BY(mutex_);
};

Server::Server(ServerOptions options, Handler handler, ErrorBody error_body)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler), std::move(error_body))) {
}

Server::~Server() { Stop(); }

Result<void> Server::Start() { return impl_->Start(); }

void Server::Stop() { impl_->Stop(); }

int Server::port() const { return impl_->port(); }

}  // namespace kondor::http
