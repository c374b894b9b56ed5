// A file that several processes read and write in turn. Its locks belong to this one opening of it
// and go with it, however its process ends. Not thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"

namespace kondor::limiter {

class LockedFile {
 public:
  // kNotFound: there is none. kInvalidArgument: users who have no part in it could change it, or
  // hold its lock.
  static Result<LockedFile> Open(const std::string& path);
  // A new one, readable for nobody else, that gets its name when it is complete. Where the file
  // system cannot have that, an empty one of that name.
  static Result<LockedFile> Draft(const std::string& path);
  // kAlreadyExists: another was faster, and there is one of that name now.
  Result<void> Publish();
  LockedFile(LockedFile&& other) noexcept;
  LockedFile& operator=(LockedFile&&) = delete;
  ~LockedFile();

  // Waits while another opening has it.
  Result<void> Lock();
  void Unlock();

  // Besides, there are seats, which stay taken until the opening goes. False: another has that one.
  bool TakeSeat(std::uint64_t seat);
  // By another opening than this.
  bool IsSeatTaken(std::uint64_t seat) const;

  // Error: the file was deleted, and others may by now be using a new one of that name.
  Result<std::uint64_t> Size() const;
  // Sets the size, and sees to it that there is room on the disk for it all.
  Result<void> Allocate(std::uint64_t size);
  // All of it: a file that is too short is an error.
  Result<void> Read(std::uint64_t offset, std::span<unsigned char> bytes) const;
  Result<void> Write(std::uint64_t offset, std::span<const unsigned char> bytes);

  const std::string& path() const { return path_; }

 private:
  LockedFile(std::string path, int descriptor);
  Unexpected Fault(const char* what, int error) const;

  std::string path_;
  int descriptor_;
  bool nameless_ = false;
};

}  // namespace kondor::limiter
