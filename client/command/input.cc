#include "client/command/input.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "client/json/parse.h"

namespace kondor::client::command {
namespace {

constexpr std::size_t kBytesMax = std::size_t{64} << 20;

Unexpected Bad(const std::string& path, const std::string& why) {
  return Unexpected(ErrorKind::kInvalidArgument,
                    (path == "-" ? "stdin" : "--body '" + path + "'") + ": " + why);
}

Result<std::string> ReadAll(std::FILE* file, const std::string& path) {
  std::string text;
  char piece[64 * 1024];
  for (;;) {
    const std::size_t count = std::fread(piece, 1, sizeof piece, file);
    text.append(piece, count);
    if (text.size() > kBytesMax) return Bad(path, "is longer than 64 MiB");
    if (std::ferror(file) != 0) return Bad(path, std::strerror(errno));
    if (count < sizeof piece) return text;
  }
}

}  // namespace

Result<std::string> ReadBody(const std::string& path) {
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  if (path == "-" && ::isatty(STDIN_FILENO) != 0) {
    std::fputs("kondor-call: reading JSON from the terminal; Ctrl-D ends it\n", stderr);
  }
  const File file = path == "-" ? File(stdin, [](std::FILE*) { return 0; })
                                : File(std::fopen(path.c_str(), "rbe"), &std::fclose);
  if (file == nullptr)
    return Bad(path, std::string(std::strerror(errno)) + "; name a readable file");
  auto text = ReadAll(file.get(), path);
  if (!text) return text;
  if (!ParseJson(*text)) return Bad(path, "is no JSON");
  return text;
}

}  // namespace kondor::client::command
