#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/descriptor.h"
#include "client/credentials/access.h"
#include "client/credentials/names.h"

namespace kondor::client {
namespace {

constexpr std::size_t kBytesMax = 64 * 1024;

Unexpected Fault(ErrorKind kind, const std::string& path, const std::string& why) {
  return Unexpected(kind, "credentials file '" + path + "': " + why);
}

Unexpected Bad(const std::string& path, const std::string& why) {
  return Fault(ErrorKind::kInvalidArgument, path, why);
}

Unexpected Unreadable(const std::string& path, int error) {
  return Fault(ErrorKind::kUnavailable, path,
               std::string("cannot be read (") + std::strerror(error) + "); name a readable file");
}

// Of what was opened, not of what the path names by now.
Result<void> CheckSafe(const std::string& path, const struct stat& file) {
  if (!S_ISREG(file.st_mode)) return Bad(path, "is no regular file; name one");
  if (file.st_uid != ::geteuid() && file.st_uid != 0) {
    return Bad(path, "belongs to another user, who may change it; copy it to a file of your own");
  }
  if ((file.st_mode & (S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)) != 0) {
    return Bad(path, "others may read or write it; mend that with: chmod 600 " + path);
  }
  return {};
}

Result<std::string> ReadSafely(const std::string& path) {
  // Without O_NONBLOCK a pipe would be waited for.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) return Unreadable(path, errno);
  if (const auto safe = CheckSafe(path, status); !safe) return Unexpected(safe.error());
  std::string text(kBytesMax + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t count = ::read(file.number(), text.data() + size, text.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unreadable(path, errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (size > kBytesMax) return Bad(path, "is longer than 64 KiB; that is no file of credentials");
  text.resize(size);
  return text;
}

std::string AllNames() {
  std::string all;
  for (const AccessName& known : AccessNames()) {
    all += (all.empty() ? "" : ", ") + std::string(known.name);
  }
  return all;
}

// Why the line is no good; empty when it is. Only names that are known are shown: whatever else
// stands there may be a secret in the wrong place.
std::string TakeLine(std::string_view line, Access& access) {
  if (line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#') return {};
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return "has no '='; write NAME=value";
  const auto names = AccessNames();
  const auto known = std::ranges::find_if(
      names, [&](const AccessName& one) { return one.name == line.substr(0, equals); });
  if (known == names.end()) return "has an unknown name; allowed: " + AllNames();
  const std::string name = known->name;
  const std::string_view value = line.substr(equals + 1);
  std::string& field = known->field(access);
  if (value.empty()) return name + " has no value; leave the line out";
  if (value.front() == '"' || value.front() == '\'') return name + " is quoted; leave them out";
  if (!IsPlainValue(value)) {
    return name +
           " holds a blank, a control character (a Windows line end?) or a letter that is no "
           "ASCII; write the value alone";
  }
  if (!field.empty()) return name + " is there twice; leave one out";
  field = value;
  return {};
}

}  // namespace

Result<Access> AccessFromFile(const std::string& path) {
  const auto text = ReadSafely(path);
  if (!text) return Unexpected(text.error());
  Access access;
  std::string_view rest = *text;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string why = TakeLine(rest.substr(0, end), access);
    if (!why.empty()) return Bad(path, "line " + std::to_string(number) + ": " + why);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return access;
}

}  // namespace kondor::client
