#include "client/command/input.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "base/descriptor.h"
#include "client/json/parse.h"

namespace kondor::client::command {
namespace {

constexpr std::size_t kBytesMax = std::size_t{64} << 20;

Unexpected Bad(const std::string& path, const std::string& why) {
  return Unexpected(ErrorKind::kInvalidArgument,
                    (path == "-" ? "stdin" : "--body '" + path + "'") + ": " + why);
}

// Waits until there is something to read; false when it was asked to stop before.
bool Await(int file, int woken) {
  pollfd ready[] = {{file, POLLIN, 0}, {woken, POLLIN, 0}};
  while (::poll(ready, 2, -1) < 0 && errno == EINTR) {
  }
  return ready[1].revents == 0;
}

Result<std::string> ReadAll(int file, const std::string& path, const std::stop_token& stop) {
  const Descriptor woken(::eventfd(0, EFD_CLOEXEC));
  const std::stop_callback on_stop(stop, [&woken] { ::eventfd_write(woken.number(), 1); });
  std::string text;
  char piece[64 * 1024];
  while (Await(file, woken.number())) {
    const ssize_t count = ::read(file, piece, sizeof piece);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return Bad(path, std::string(std::strerror(errno)) + "; name a readable file");
    if (count == 0) return text;
    text.append(piece, static_cast<std::size_t>(count));
    if (text.size() > kBytesMax) return Bad(path, "is longer than 64 MiB");
  }
  return Unexpected(ErrorKind::kCancelled,
                    "cancelled while reading what to send; nothing was sent");
}

}  // namespace

Result<std::string> ReadBody(const std::string& path, const std::stop_token& stop) {
  std::optional<Descriptor> opened;
  if (path != "-") {
    // Without O_NONBLOCK a pipe that nobody writes to could not be given up.
    opened.emplace(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (opened->number() < 0) {
      return Bad(path, std::string(std::strerror(errno)) + "; name a readable file");
    }
  } else if (::isatty(STDIN_FILENO) != 0) {
    std::fputs("kondor-call: reading JSON from the terminal; Ctrl-D ends it\n", stderr);
  }
  auto text = ReadAll(opened ? opened->number() : STDIN_FILENO, path, stop);
  if (!text) return text;
  if (!ParseJson(*text)) return Bad(path, "is no JSON");
  return text;
}

}  // namespace kondor::client::command
