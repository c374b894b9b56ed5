#include "bench/strategies/on_all_cores.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace kondor::bench {

void OnAllCores(std::size_t count, const std::function<void(std::size_t)>& work,
                const OnProgress& on_progress, unsigned threads) {
  std::atomic<std::size_t> next{0};
  Mutex mutex;
  std::size_t done = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i);
      if (!on_progress) continue;
      const MutexLock lock(mutex);
      on_progress(++done, count);
    }
  };
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> others;
  others.reserve(threads);
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(take);
  take();
}

}  // namespace kondor::bench
