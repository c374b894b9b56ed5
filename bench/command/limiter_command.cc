#include "bench/command/limiter_command.h"

#include <benchmark/benchmark.h>

namespace kondor::bench {

int RunLimiter(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "kondor-bench limiter");
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(arguments.size());
  benchmark::Initialize(&argc, argv.data());
  if (benchmark::ReportUnrecognizedArguments(argc, argv.data())) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace kondor::bench
