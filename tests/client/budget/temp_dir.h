// A directory of a test's own, gone with it. Not thread-safe.
#pragma once

#include <filesystem>
#include <string>

namespace kondor::limiter {

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  std::string File(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string Contents(const std::string& path);
void Overwrite(const std::string& path, const std::string& contents);

}  // namespace kondor::limiter
