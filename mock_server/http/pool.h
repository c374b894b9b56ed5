// Threads that come when there is work and go when there is none: the library's own pool has a
// fixed number, and connections beyond it get no answer at all. Thread-safe.
#pragma once

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <vector>

#include "base/mutex.h"
#include "mock_server/http/deadline.h"

namespace kondor::http {

class Pool {
 public:
  using Job = std::function<void()>;

  // REQUIRES: threads_max > 0. A thread without work for `idle_time_max` ends.
  Pool(std::size_t threads_max, std::chrono::milliseconds idle_time_max);
  ~Pool();  // shuts down
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Runs `job` on a thread, at once or when one becomes free. A job must not throw.
  void Submit(Job job) KONDOR_EXCLUDES(mutex_);
  // Finishes the jobs submitted, then ends every thread. Idempotent.
  void Shutdown() KONDOR_EXCLUDES(mutex_);

  // How many jobs wait for a thread to become free, because no more may be started.
  std::size_t waiting() const { return waiting_.load(); }
  // Returns when no job waits, or when `deadline` has come.
  void AwaitNoneWaiting(Instant deadline) KONDOR_EXCLUDES(mutex_);
  std::size_t threads() const KONDOR_EXCLUDES(mutex_);

 private:
  static void* Run(void* pool);
  void Work() KONDOR_EXCLUDES(mutex_);
  bool AwaitJob(Job& job) KONDOR_EXCLUDES(mutex_);
  void StartThread() KONDOR_REQUIRES(mutex_);
  void CountWaiting() KONDOR_REQUIRES(mutex_);
  void Join(const std::vector<pthread_t>& ended);

  const std::size_t threads_max_;
  const std::chrono::milliseconds idle_time_max_;
  std::atomic<std::size_t> waiting_{0};

  mutable Mutex mutex_;
  std::condition_variable work_or_end_;
  std::condition_variable none_waiting_;
  std::condition_variable thread_ended_;
  std::deque<Job> jobs_ KONDOR_GUARDED_BY(mutex_);
  std::size_t threads_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::size_t free_threads_ KONDOR_GUARDED_BY(mutex_) = 0;  // without a job, or about to be
  std::vector<pthread_t> ended_ KONDOR_GUARDED_BY(mutex_);  // to be joined
  bool shut_down_ KONDOR_GUARDED_BY(mutex_) = false;
};

}  // namespace kondor::http
