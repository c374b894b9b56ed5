// A mutex that clang's thread-safety analysis understands (libstdc++'s are not annotated).
// Thread-safe. Source of the attribute names: clang's "Thread Safety Analysis" manual.
#pragma once

#include <mutex>

#if defined(__clang__)
#define KONDOR_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define KONDOR_THREAD_ATTRIBUTE(x)
#endif

#define KONDOR_CAPABILITY(name) KONDOR_THREAD_ATTRIBUTE(capability(name))
#define KONDOR_SCOPED_CAPABILITY KONDOR_THREAD_ATTRIBUTE(scoped_lockable)
#define KONDOR_GUARDED_BY(m) KONDOR_THREAD_ATTRIBUTE(guarded_by(m))
#define KONDOR_PT_GUARDED_BY(m) KONDOR_THREAD_ATTRIBUTE(pt_guarded_by(m))
#define KONDOR_REQUIRES(...) KONDOR_THREAD_ATTRIBUTE(requires_capability(__VA_ARGS__))
#define KONDOR_EXCLUDES(...) KONDOR_THREAD_ATTRIBUTE(locks_excluded(__VA_ARGS__))
#define KONDOR_ACQUIRE(...) KONDOR_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define KONDOR_RELEASE(...) KONDOR_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
#define KONDOR_NO_THREAD_SAFETY_ANALYSIS KONDOR_THREAD_ATTRIBUTE(no_thread_safety_analysis)

namespace kondor {

class KONDOR_CAPABILITY("mutex") Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void Lock() KONDOR_ACQUIRE() { mutex_.lock(); }
  void Unlock() KONDOR_RELEASE() { mutex_.unlock(); }
  std::mutex& native() { return mutex_; }  // for std::condition_variable; the caller keeps order

 private:
  std::mutex mutex_;
};

class KONDOR_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) KONDOR_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() KONDOR_RELEASE() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace kondor
