#include "tests/mock_server/command/mock_process.h"

#include <cstdlib>

namespace kondor {

MockProcess::MockProcess(const std::vector<std::string>& flags,
                         const std::vector<std::string>& environment)
    : Process(KONDOR_MOCK_PATH, flags, {.environment = environment}) {}

std::string MockProcess::FirstLine() {
  return SaysOnOut("\n") ? out().substr(0, out().find('\n')) : std::string();
}

int MockProcess::Port() {
  const std::string line = FirstLine();
  const std::size_t colon = line.rfind(':');
  return colon == std::string::npos ? 0 : std::atoi(line.c_str() + colon + 1);
}

}  // namespace kondor
