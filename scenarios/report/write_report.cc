#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "scenarios/report/report.h"

namespace kondor::scenarios {
namespace {

Unexpected CannotWrite(const std::string& path) {
  return Unexpected(ErrorKind::kUnavailable,
                    path + " cannot be written: " + std::generic_category().message(errno) +
                        "; is there room, and may you?");
}

// By rename, so that nobody reads half a report. Not onto what is no plain file: /dev/stdout.
bool MayRename(const std::string& path) { return !path.starts_with("/dev/"); }

}  // namespace

Result<void> WriteReport(const std::string& path, const std::string& text) {
  if (path == "-") {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a report goes into a file; /dev/stdout puts it on standard output");
  }
  const std::string scratch = MayRename(path) ? path + ".part" + std::to_string(getpid()) : path;
  std::FILE* file = std::fopen(scratch.c_str(), "wb");
  if (file == nullptr) return CannotWrite(path);
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const int reason = errno;
  // A full disk may tell of itself only here.
  const bool closed = std::fclose(file) == 0;
  if (written && closed && (scratch == path || std::rename(scratch.c_str(), path.c_str()) == 0)) {
    return {};
  }
  if (!written) errno = reason;
  const Unexpected failure = CannotWrite(path);
  if (scratch != path) std::remove(scratch.c_str());
  return failure;
}

}  // namespace kondor::scenarios
