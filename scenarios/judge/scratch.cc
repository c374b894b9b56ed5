#include "scenarios/judge/scratch.h"

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX's

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace kondor::judge {

namespace fs = std::filesystem;

Result<Scratch> Scratch::Make() {
  std::error_code none;
  const fs::path folder = fs::temp_directory_path(none);
  std::string pattern = (folder / "kondor-judge-XXXXXX").string();
  if (none || ::mkdtemp(pattern.data()) == nullptr) {
    return Unexpected(ErrorKind::kUnavailable, "no temporary folder can be made in " +
                                                   folder.string() + ": " + std::strerror(errno) +
                                                   "; TMPDIR names another place");
  }
  return Scratch(std::move(pattern));
}

Scratch::Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}

Scratch::~Scratch() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace kondor::judge
