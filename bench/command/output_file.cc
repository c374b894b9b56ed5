#include "bench/command/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace kondor::bench {
namespace {

namespace fs = std::filesystem;

Unexpected Fault(const std::string& path, int error) {
  return Unexpected(ErrorKind::kUnavailable,
                    path + " cannot be written: " + std::generic_category().message(error) +
                        (error == EISDIR   ? "; name a file"
                         : error == ENOENT ? "; create its directory first"
                                           : "; is there room, and may you?"));
}

// Where a link leads, so that the link stays.
std::string Target(const std::string& path) {
  std::error_code unknown;
  const fs::path target = fs::weakly_canonical(path, unknown);
  return unknown ? path : target.string();
}

int OpenDraft(const std::string& draft) {
  constexpr mode_t kUsual = 0666;  // less what the umask takes away
  return ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kUsual);
}

std::string DraftOf(const std::string& path) {
  return Target(path) + ".draft-" + std::to_string(::getpid());
}

// Zero, or why not.
int WriteAndClose(int file, std::string_view text) {
  int error = 0;
  while (error == 0 && !text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno != EINTR) error = errno;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::close(file) != 0 && error == 0) error = errno;
  return error;
}

// A device, a pipe, or a file in a directory where no other can be made.
Result<void> WriteInPlace(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (file < 0) return Fault(path, errno);
  const int error = WriteAndClose(file, text);
  return error == 0 ? Result<void>() : Fault(path, error);
}

}  // namespace

Result<void> CheckWritable(const std::string& path) {
  struct stat about {};
  const bool exists = ::stat(path.c_str(), &about) == 0;
  if (exists && S_ISDIR(about.st_mode)) return Fault(path, EISDIR);
  if (exists) return ::access(path.c_str(), W_OK) == 0 ? Result<void>() : Fault(path, errno);
  const std::string draft = DraftOf(path);
  const int file = OpenDraft(draft);
  if (file < 0) return Fault(path, errno);
  ::close(file);
  ::unlink(draft.c_str());
  return {};
}

bool AreOneFile(const std::string& one, const std::string& other) {
  std::error_code missing;
  const bool regular = fs::is_regular_file(one, missing) || !fs::exists(one, missing);
  if (!regular) return false;  // a device may well have both
  return Target(one) == Target(other) || fs::equivalent(one, other, missing);
}

Result<void> WriteWhole(const std::string& path, const std::string& text) {
  struct stat about {};
  const bool exists = ::stat(path.c_str(), &about) == 0;
  if (exists && !S_ISREG(about.st_mode)) return WriteInPlace(path, text);
  const std::string draft = DraftOf(path);
  const int file = OpenDraft(draft);
  if (file < 0) return exists ? WriteInPlace(path, text) : Fault(path, errno);
  constexpr mode_t kPermissions = 0777;
  int error = exists && ::fchmod(file, about.st_mode & kPermissions) != 0 ? errno : 0;
  const int unwritten = WriteAndClose(file, text);
  if (error == 0) error = unwritten;
  if (error == 0 && ::rename(draft.c_str(), Target(path).c_str()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(draft.c_str());
  return Fault(path, error);
}

bool Printed() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
  std::fputs("kondor-bench: stdout cannot be written to; is there room?\n", stderr);
  return false;
}

}  // namespace kondor::bench
