// kondor-bench limiter: Google Benchmark's own program inside ours. Not thread-safe.
#pragma once

#include <string>
#include <vector>

namespace kondor::bench {

// With the arguments that Google Benchmark knows; answers an exit code.
int RunLimiter(std::vector<std::string> arguments);

}  // namespace kondor::bench
