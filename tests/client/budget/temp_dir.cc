#include "tests/client/budget/temp_dir.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kondor::limiter {

TempDir::TempDir() {
  std::string name = (std::filesystem::temp_directory_path() / "kondor-budget-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void Overwrite(const std::string& path, const std::string& contents) {
  // Not in place: a file system may take its time to save one that is being replaced.
  std::filesystem::remove(path);
  std::ofstream(path, std::ios::binary) << contents;
  std::filesystem::permissions(path, std::filesystem::perms{0600});
}

}  // namespace kondor::limiter
