#include "mock_server/command/port_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace kondor::command {
namespace {

Unexpected Fault(const std::string& path, int error) {
  return Unexpected(ErrorKind::kUnavailable,
                    "--port-file: cannot write '" + path + "' (" + std::strerror(error) +
                        "); name a file in a folder that exists and can be written to");
}

}  // namespace

Result<void> WritePortFile(const std::string& path, int port) {
  const std::string text = std::to_string(port) + "\n";
  const std::string beside = path + "." + std::to_string(::getpid());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return Fault(path, errno);
  const ssize_t written = ::write(file, text.data(), text.size());
  const int write_error = errno;
  // A full disk may say so only when the file is closed.
  if (::close(file) != 0 || written != static_cast<ssize_t>(text.size())) {
    const int error = written < 0 ? write_error : ENOSPC;
    ::unlink(beside.c_str());
    return Fault(path, error);
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(beside.c_str());
    return Fault(path, error);
  }
  return {};
}

}  // namespace kondor::command
