#include "mock_server/http/pool.h"

#include <utility>

namespace kondor::http {
namespace {

// Plenty for a handler; the default of 8 MiB would make 1024 threads reserve 8 GiB of addresses.
constexpr std::size_t kStackBytes = 1024 * 1024;

}  // namespace

Pool::Pool(std::size_t threads_max, std::chrono::milliseconds idle_time_max)
    : threads_max_(threads_max), idle_time_max_(idle_time_max) {}

Pool::~Pool() { Shutdown(); }

void Pool::Submit(Job job) {
  std::vector<pthread_t> ended;
  {
    MutexLock lock(mutex_);
    jobs_.push_back(std::move(job));
    if (jobs_.size() > free_threads_ && threads_ < threads_max_) StartThread();
    CountWaiting();
    ended.swap(ended_);
  }
  work_or_end_.notify_one();
  Join(ended);
}

void Pool::Shutdown() {
  std::vector<pthread_t> ended;
  {
    MutexLock lock(mutex_);
    shut_down_ = true;
    work_or_end_.notify_all();
    std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
    while (threads_ > 0) thread_ended_.wait(native);
    native.release();
    ended.swap(ended_);
  }
  Join(ended);
}

void Pool::AwaitNoneWaiting(Instant deadline) {
  MutexLock lock(mutex_);
  std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
  while (waiting_ > 0 && none_waiting_.wait_until(native, deadline) == std::cv_status::no_timeout) {
  }
  native.release();
}

std::size_t Pool::threads() const {
  MutexLock lock(mutex_);
  return threads_;
}

void* Pool::Run(void* pool) {
  static_cast<Pool*>(pool)->Work();
  return nullptr;
}

void Pool::Work() {
  Job job;
  while (AwaitJob(job)) {
    job();
    job = nullptr;
    MutexLock lock(mutex_);
    ++free_threads_;
    CountWaiting();
  }
}

// False when this thread is to end; it then counts no longer.
bool Pool::AwaitJob(Job& job) {
  const Instant deadline = SocketNow() + idle_time_max_;
  MutexLock lock(mutex_);
  std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
  bool in_time = true;
  while (jobs_.empty() && !shut_down_ && in_time) {
    in_time = work_or_end_.wait_until(native, deadline) == std::cv_status::no_timeout;
  }
  native.release();
  --free_threads_;
  if (!jobs_.empty()) {
    job = std::move(jobs_.front());
    jobs_.pop_front();
    CountWaiting();
    return true;
  }
  --threads_;
  ended_.push_back(pthread_self());
  thread_ended_.notify_all();
  return false;
}

void Pool::StartThread() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_t thread;
  // When the machine refuses, the job waits for one of the threads there are.
  if (pthread_create(&thread, &attributes, &Pool::Run, this) == 0) {
    ++threads_;
    ++free_threads_;
  }
  pthread_attr_destroy(&attributes);
}

void Pool::CountWaiting() {
  waiting_.store(jobs_.size() > free_threads_ ? jobs_.size() - free_threads_ : 0);
  if (waiting_ == 0) none_waiting_.notify_all();
}

void Pool::Join(const std::vector<pthread_t>& ended) {
  for (const pthread_t thread : ended) pthread_join(thread, nullptr);
}

}  // namespace kondor::http
