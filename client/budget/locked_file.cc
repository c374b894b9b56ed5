#include "client/budget/locked_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace kondor::limiter {
namespace {

// Where locks lie: bytes that no content reaches.
constexpr off_t kLockAt = off_t{1} << 60;
constexpr off_t kSeatsAt = kLockAt + 1;

flock ByteLock(off_t at) {
  flock lock{};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = at;
  lock.l_len = 1;
  return lock;
}

// What a person can do about it.
const char* Mend(int error) {
  switch (error) {
    case ENOENT:
      return "; create its directory first";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; the user who runs this must be allowed to write it";
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "; make room, or name a file elsewhere";
    case ELOOP:
      return "; name the file itself, not a link to it";
    case EISDIR:
      return "; name a file";
    default:
      return "";
  }
}

bool IsOurGroup(gid_t group) {
  if (group == ::getegid()) return true;
  std::vector<gid_t> groups(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
  const int count = ::getgroups(static_cast<int>(groups.size()), groups.data());
  groups.resize(static_cast<std::size_t>(std::max(0, count)));
  return std::find(groups.begin(), groups.end(), group) != groups.end();
}

// Of what was opened, not of what the path names by now. Who may only read it can hold its lock,
// and so everybody up.
Result<void> CheckSafe(const std::string& path, const struct stat& file) {
  const auto bad = [&](const std::string& why) {
    return Unexpected(ErrorKind::kInvalidArgument, "the budget file " + path + ": " + why);
  };
  if (!S_ISREG(file.st_mode)) {
    return Unexpected(ErrorKind::kInvalidArgument, path + " is no regular file; name another");
  }
  if ((file.st_mode & (S_IROTH | S_IWOTH)) != 0) {
    return bad("every user may read or write it; mend that with: chmod 600 " + path +
               " (660 to share it with its group)");
  }
  const bool shared = (file.st_mode & S_IWGRP) != 0 && IsOurGroup(file.st_gid);
  if (file.st_uid == ::geteuid() || file.st_uid == 0 || shared) return {};
  return bad(
      "belongs to another user; name a file of your own, or have its owner share it with a "
      "group of yours: chgrp GROUP " +
      path + " && chmod 660 " + path);
}

}  // namespace

LockedFile::LockedFile(std::string path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor) {}

LockedFile::LockedFile(LockedFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      nameless_(other.nameless_) {}

LockedFile::~LockedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Unexpected LockedFile::Fault(const char* what, int error) const {
  return Unexpected(ErrorKind::kUnavailable,
                    std::string("cannot ") + what + " the budget file " + path_ + ": " +
                        std::generic_category().message(error) + Mend(error));
}

Result<LockedFile> LockedFile::Open(const std::string& path) {
  // Not blocking, should it be a pipe.
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  LockedFile file(path, descriptor);
  if (descriptor < 0 && errno == ENOENT)
    return Unexpected(ErrorKind::kNotFound, "there is no " + path);
  if (descriptor < 0) return file.Fault("open", errno);
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) return file.Fault("look at", errno);
  if (const Result<void> safe = CheckSafe(path, about); !safe) return Unexpected(safe.error());
  return file;
}

Result<LockedFile> LockedFile::Draft(const std::string& path) {
  constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const char* const directory = parent.empty() ? "." : parent.c_str();
  int descriptor = ::open(directory, O_RDWR | O_TMPFILE | O_CLOEXEC, owner_only);
  const bool nameless = descriptor >= 0;
  if (!nameless && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
    descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, owner_only);
  }
  LockedFile file(path, descriptor);
  if (descriptor < 0) return file.Fault("create", errno);
  file.nameless_ = nameless;
  return file;
}

Result<void> LockedFile::Publish() {
  if (!nameless_) return {};
  const std::string self = "/proc/self/fd/" + std::to_string(descriptor_);
  if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path_.c_str(), AT_SYMLINK_FOLLOW) == 0) {
    nameless_ = false;
    return {};
  }
  if (errno == EEXIST) return Unexpected(ErrorKind::kAlreadyExists, path_ + " exists by now");
  return Fault("create", errno);
}

Result<void> LockedFile::Lock() {
  flock lock = ByteLock(kLockAt);
  while (::fcntl(descriptor_, F_OFD_SETLKW, &lock) != 0) {
    if (errno != EINTR) return Fault("lock", errno);
  }
  return {};
}

void LockedFile::Unlock() {
  flock lock = ByteLock(kLockAt);
  lock.l_type = F_UNLCK;
  ::fcntl(descriptor_, F_OFD_SETLK, &lock);
}

bool LockedFile::TakeSeat(std::uint64_t seat) {
  flock lock = ByteLock(kSeatsAt + static_cast<off_t>(seat));
  return ::fcntl(descriptor_, F_OFD_SETLK, &lock) == 0;
}

bool LockedFile::IsSeatTaken(std::uint64_t seat) const {
  flock lock = ByteLock(kSeatsAt + static_cast<off_t>(seat));
  // Where the kernel cannot tell, it is taken: a call more in flight is safer than one too few.
  return ::fcntl(descriptor_, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
}

Result<std::uint64_t> LockedFile::Size() const {
  struct stat about {};
  if (::fstat(descriptor_, &about) != 0) return Fault("look at", errno);
  if (about.st_nlink == 0 && !nameless_) {
    return Unexpected(
        ErrorKind::kUnavailable,
        "the budget file " + path_ + " was deleted while in use; start its users anew");
  }
  return static_cast<std::uint64_t>(about.st_size);
}

Result<void> LockedFile::Allocate(std::uint64_t size) {
  if (::ftruncate(descriptor_, 0) != 0) return Fault("write", errno);
  const int error = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(size));
  if (error == 0) return {};
  // What was got so far is of no use; that it cannot be given back does not make it worse.
  if (::ftruncate(descriptor_, 0) != 0) return Fault("write", errno);
  return Fault("write", error);
}

Result<void> LockedFile::Read(std::uint64_t offset, std::span<unsigned char> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got =
        ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Fault("read", errno);
    if (got == 0) {
      return Unexpected(ErrorKind::kUnavailable,
                        "the budget file " + path_ +
                            " is damaged (it was cut short); stop its "
                            "users and empty it, and all quotas count as spent");
    }
    offset += static_cast<std::uint64_t>(got);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return {};
}

Result<void> LockedFile::Write(std::uint64_t offset, std::span<const unsigned char> bytes) {
  while (!bytes.empty()) {
    const ssize_t put =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return Fault("write", errno);
    offset += static_cast<std::uint64_t>(put);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

}  // namespace kondor::limiter
