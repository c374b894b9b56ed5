// Mutexes that clang's thread-safety analysis understands (libstdc++'s are not annotated).
// Thread-safe. Source of the attribute names: clang's "Thread Safety Analysis" manual.
#pragma once

#include <mutex>
#include <shared_mutex>

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
#define KONDOR_REQUIRES_SHARED(...) KONDOR_THREAD_ATTRIBUTE(requires_shared_capability(__VA_ARGS__))
#define KONDOR_ACQUIRE_SHARED(...) KONDOR_THREAD_ATTRIBUTE(acquire_shared_capability(__VA_ARGS__))
#define KONDOR_RELEASE_SHARED(...) KONDOR_THREAD_ATTRIBUTE(release_shared_capability(__VA_ARGS__))
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

// Many readers or one writer. The library's own lets readers overtake a waiting writer for as long
// as they keep coming; here whoever comes after a writer waits behind it at the door.
class KONDOR_CAPABILITY("shared_mutex") SharedMutex {
 public:
  SharedMutex() = default;
  SharedMutex(const SharedMutex&) = delete;
  SharedMutex& operator=(const SharedMutex&) = delete;

  void Lock() KONDOR_ACQUIRE() {
    const std::lock_guard<std::mutex> door(door_);
    mutex_.lock();
  }
  void Unlock() KONDOR_RELEASE() { mutex_.unlock(); }
  void LockShared() KONDOR_ACQUIRE_SHARED() {
    const std::lock_guard<std::mutex> door(door_);
    mutex_.lock_shared();
  }
  void UnlockShared() KONDOR_RELEASE_SHARED() { mutex_.unlock_shared(); }

 private:
  std::mutex door_;
  std::shared_mutex mutex_;
};

class KONDOR_SCOPED_CAPABILITY WriterLock {
 public:
  explicit WriterLock(SharedMutex& mutex) KONDOR_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~WriterLock() KONDOR_RELEASE() { mutex_.Unlock(); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  SharedMutex& mutex_;
};

class KONDOR_SCOPED_CAPABILITY ReaderLock {
 public:
  explicit ReaderLock(SharedMutex& mutex) KONDOR_ACQUIRE_SHARED(mutex) : mutex_(mutex) {
    mutex_.LockShared();
  }
  ~ReaderLock() KONDOR_RELEASE() { mutex_.UnlockShared(); }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  SharedMutex& mutex_;
};

}  // namespace kondor
