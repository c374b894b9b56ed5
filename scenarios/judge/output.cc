#include "scenarios/judge/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

namespace kondor::judge {
namespace {

using Json = nlohmann::json;

constexpr off_t kBytesMax = 64 * 1024 * 1024;

bool ReadLine(std::string_view text, OutputLine& line) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("pipeline_id") || !json.contains("status")) return false;
  const Json& id = json["pipeline_id"];
  if (id.is_number_integer()) {
    line.pipeline_id = id.get<std::int64_t>();
  } else if (id.is_string()) {
    // K9 writes ids as strings; a program may, too.
    const std::string digits = id.get<std::string>();
    const bool number = !digits.empty() && digits.size() < 18 &&
                        std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (!number) return false;
    line.pipeline_id = std::stoll(digits);
  } else {
    return false;
  }
  const Json& status = json["status"];
  line.status = status.is_string() ? status.get<std::string>()
                                   : status.dump(-1, ' ', true, Json::error_handler_t::replace);
  return true;
}

}  // namespace

Output ParseOutput(std::string_view text, const std::vector<Secret>& secrets) {
  Output output;
  output.exists = true;
  for (const Secret& secret : secrets) {
    if (text.find(secret.text) != std::string_view::npos) {
      output.secrets_found.push_back(secret.name);
    }
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view written = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (written.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    OutputLine line;
    if (ReadLine(written, line)) {
      output.lines.push_back(std::move(line));
    } else {
      ++output.unreadable;
    }
  }
  return output;
}

Output ReadOutput(const std::string& path, const std::vector<Secret>& secrets) {
  // Neither a link to somebody's file nor a pipe that never ends is followed.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (descriptor < 0 && errno == ENOENT) return {};
  Output output;
  output.exists = true;
  struct stat about {};
  if (descriptor < 0) {
    output.trouble = std::strerror(errno);
  } else if (::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
    output.trouble = "it is no plain file";
  } else if (about.st_size > kBytesMax) {
    output.trouble = "it has over 64 MiB";
  } else {
    std::string text(static_cast<std::size_t>(about.st_size), '\0');
    std::size_t have = 0;
    while (have < text.size()) {
      const ssize_t got = ::read(descriptor, text.data() + have, text.size() - have);
      if (got <= 0) break;
      have += static_cast<std::size_t>(got);
    }
    text.resize(have);
    output = ParseOutput(text, secrets);
  }
  if (descriptor >= 0) ::close(descriptor);
  return output;
}

}  // namespace kondor::judge
