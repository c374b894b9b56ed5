#include "scenarios/wire/stream.h"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "scenarios/wire/socket.h"
#include "scenarios/wire/tls.h"

namespace kondor::scenarios {
namespace {

class PlainStream final : public Stream {
 public:
  explicit PlainStream(Socket socket) : socket_(std::move(socket)) {}

  Result<void> Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return Unexpected(ErrorKind::kTransport, WithReason("cannot send"));
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  }

  Result<std::size_t> Read(std::span<char> into) override {
    for (;;) {
      const ssize_t size = recv(socket_.descriptor(), into.data(), into.size(), 0);
      if (size >= 0) return static_cast<std::size_t>(size);
      if (errno != EINTR) return Unexpected(ErrorKind::kTransport, WithReason("no answer"));
    }
  }

  bool Ended() const override { return socket_.Ended(); }

 private:
  Socket socket_;
};

}  // namespace

Result<std::unique_ptr<Stream>> Connect(const Url& url, Duration patience) {
  Result<Socket> socket = ConnectSocket(url, patience);
  if (!socket) return Unexpected(socket.error());
  if (url.scheme == Scheme::kHttps) return ConnectTls(std::move(*socket), url.host);
  return std::unique_ptr<Stream>(std::make_unique<PlainStream>(std::move(*socket)));
}

}  // namespace kondor::scenarios
