// A kondor-mock of our own: started with flags, watched through its pipes, always ended.
// Not thread-safe: one test's own.
#pragma once

#include <string>
#include <vector>

#include "tests/process/process.h"

namespace kondor {

class MockProcess : public Process {
 public:
  // `environment` is added to the test's own: "NAME=value".
  explicit MockProcess(const std::vector<std::string>& flags,
                       const std::vector<std::string>& environment = {});

  // Its first line on stdout; empty when it ended or 20 s passed without one.
  std::string FirstLine();
  // The port in that line; 0 when there was none.
  int Port();
};

}  // namespace kondor
