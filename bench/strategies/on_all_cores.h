// Many independent pieces of work on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace kondor::bench {

// Told now and then how much of how much is done, from any thread but one at a time.
using OnProgress = std::function<void(std::size_t done, std::size_t all)>;

// Calls `work` once with each number below `count`. Returns when all are done; on `threads`
// threads, or as many as the machine has cores for 0. Thread-safe.
void OnAllCores(std::size_t count, const std::function<void(std::size_t)>& work,
                const OnProgress& on_progress, unsigned threads = 0);

}  // namespace kondor::bench
