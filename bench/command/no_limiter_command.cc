#include <cstdio>

#include "bench/command/limiter_command.h"

namespace kondor::bench {

int RunLimiter(std::vector<std::string>) {
  std::fputs(
      "kondor-bench: built without the limiter's benchmarks; build with -DKONDOR_BUILD_BENCH=ON "
      "(needs libbenchmark-dev), or say ./dev bench limiter\n",
      stderr);
  return 1;
}

}  // namespace kondor::bench
