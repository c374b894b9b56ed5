#include "client/http/wire.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kondor::client {
namespace {

std::unique_ptr<httplib::ClientImpl> MakeClient(const BaseUrl& url) {
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
  if (url.secure) return std::make_unique<httplib::SSLClient>(url.host, url.port);
#endif
  return std::make_unique<httplib::ClientImpl>(url.host, url.port);
}

// To connect it fails at once.
void MakeUseless(int socket) {
  const int other = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (other < 0) return;
  dup3(other, socket, O_CLOEXEC);
  close(other);
}

}  // namespace

Wire::Wire(const BaseUrl& url, const HttpOptions& options) : client_(MakeClient(url)) {
  client_->set_keep_alive(true);
  client_->set_tcp_nodelay(true);  // or an answer may take 40 ms longer
  client_->set_url_encode(false);  // it is
  client_->set_follow_location(false);
  client_->set_socket_options([this](int socket) { Adopt(socket); });
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
  if (!options.ca_file.empty()) client_->set_ca_cert_path(options.ca_file);
#endif
}

Wire::~Wire() {
  const MutexLock lock(mutex_);
  if (socket_ >= 0) close(socket_);
}

bool Wire::IsReusable() const {
  {
    const MutexLock lock(mutex_);
    if (cut_) return false;
  }
  if (client_->is_socket_open() == 0) return true;  // it connects anew
  pollfd descriptor{client_->socket(), POLLIN, 0};
  return poll(&descriptor, 1, 0) == 0;
}

void Wire::Cut() {
  const MutexLock lock(mutex_);
  cut_ = true;
  if (socket_ >= 0) shutdown(socket_, SHUT_RDWR);
}

void Wire::Adopt(int socket) {
  const MutexLock lock(mutex_);
  if (socket_ >= 0) close(socket_);
  socket_ = fcntl(socket, F_DUPFD_CLOEXEC, 0);
  // Without a descriptor of ours nobody could end what begins here.
  if (cut_ || socket_ < 0) MakeUseless(socket);
}

}  // namespace kondor::client
