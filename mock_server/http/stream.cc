#include "mock_server/http/stream.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

#include <cerrno>

namespace kondor::http {
namespace {

// True when the socket is ready for `events` (or broken: the next call then says so).
bool PollUntil(int socket, short events, Instant deadline) {
  pollfd entry{socket, events, 0};
  while (true) {
    const int ready = poll(&entry, 1, PollTimeout(deadline));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

Stream::Stream(int socket, std::chrono::milliseconds idle_time_max) : socket_(socket) {
  // Zero would mean for ever.
  idle_time_max = std::max(idle_time_max, std::chrono::milliseconds(1));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(idle_time_max);
  const timeval time{
      static_cast<time_t>(seconds.count()),
      static_cast<suseconds_t>(std::chrono::microseconds(idle_time_max - seconds).count())};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time));
}

Stream::Read Stream::Receive(int flags) {
  while (true) {
    const ssize_t size = recv(socket_, buffer_.data(), buffer_.size(), flags);
    if (size > 0) {
      begin_ = 0;
      end_ = static_cast<std::size_t>(size);
      return Read::kBytes;
    }
    if (size == 0) return Read::kEnd;
    if (WouldBlock()) return Read::kTimeout;
    if (errno != EINTR) return Read::kEnd;
  }
}

Stream::Read Stream::Await() { return Receive(0); }

Stream::Read Stream::ReadUntil(Instant deadline) {
  while (true) {
    // The bytes are mostly there already: trying first spares a system call.
    const Read read = Receive(MSG_DONTWAIT);
    if (read != Read::kTimeout) return read;
    if (!PollUntil(socket_, POLLIN, deadline)) return Read::kTimeout;
  }
}

bool Stream::Write(std::string_view head, std::string_view body, Instant deadline) {
  while (!head.empty() || !body.empty()) {
    iovec parts[2] = {{const_cast<char*>(head.data()), head.size()},
                      {const_cast<char*>(body.data()), body.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    const ssize_t sent = sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (!WouldBlock() || !PollUntil(socket_, POLLOUT, deadline)) return false;
      continue;
    }
    const std::size_t of_head = std::min(static_cast<std::size_t>(sent), head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(static_cast<std::size_t>(sent) - of_head);
    if (!body.empty() && SocketNow() >= deadline) return false;
  }
  return true;
}

Stream::Wait Stream::AwaitWake(int wake_descriptor, std::optional<Instant> deadline) {
  pollfd entries[2] = {{socket_, POLLRDHUP, 0}, {wake_descriptor, POLLIN, 0}};
  while (true) {
    const int ready = poll(entries, 2, deadline ? PollTimeout(*deadline) : -1);
    if (ready < 0 && errno != EINTR) return Wait::kGone;
    if (entries[0].revents != 0) return Wait::kGone;
    if (ready >= 0) return Wait::kOver;
  }
}

void Stream::ResetAtClose() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

void Stream::EndGently(Instant deadline) {
  shutdown(socket_, SHUT_WR);
  while (SocketNow() < deadline && ReadUntil(deadline) == Read::kBytes) {
  }
}

}  // namespace kondor::http
