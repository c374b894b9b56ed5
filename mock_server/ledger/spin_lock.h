// A lock for work of a few dozen nanoseconds. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#include "base/mutex.h"

namespace kondor::ledger {

// One byte, and half the price of a mutex: releasing is a plain store. Who waits spins for about
// as long as the holder needs, then gives up the processor, so that a holder without one gets it.
class KONDOR_CAPABILITY("mutex") SpinLock {
 public:
  void Lock() KONDOR_ACQUIRE() {
    if (!held_.exchange(true, std::memory_order_acquire)) [[likely]] {
      return;
    }
    Wait();
  }
  // False: somebody has it.
  [[nodiscard]] bool TryLock() KONDOR_THREAD_ATTRIBUTE(try_acquire_capability(true)) {
    return !held_.exchange(true, std::memory_order_acquire);
  }
  void Unlock() KONDOR_RELEASE() { held_.store(false, std::memory_order_release); }

  // Tells the thread-safety analysis what it cannot see: that the caller holds the lock.
  void AssertHeld() const KONDOR_THREAD_ATTRIBUTE(assert_capability(this)) {}

 private:
  [[gnu::noinline]] void Wait() KONDOR_NO_THREAD_SAFETY_ANALYSIS {
    for (std::uint32_t spins = 0;; ++spins) {
      if (!held_.load(std::memory_order_relaxed) &&
          !held_.exchange(true, std::memory_order_acquire)) {
        return;
      }
      if (spins % 64 == 63) std::this_thread::yield();
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
  }

  std::atomic<bool> held_{false};
};

class KONDOR_SCOPED_CAPABILITY SpinLockHold {
 public:
  explicit SpinLockHold(SpinLock& lock) KONDOR_ACQUIRE(lock) : lock_(lock) { lock_.Lock(); }
  ~SpinLockHold() KONDOR_RELEASE() { lock_.Unlock(); }
  SpinLockHold(const SpinLockHold&) = delete;
  SpinLockHold& operator=(const SpinLockHold&) = delete;

 private:
  SpinLock& lock_;
};

// Holds two locks, or one if they are the same, taken in address order so that two calls never wait
// for each other. The analysis cannot follow a lock that may be the same as another: callers say
// AssertHeld().
class TwoLocksHold {
 public:
  TwoLocksHold(SpinLock& a, SpinLock& b) KONDOR_NO_THREAD_SAFETY_ANALYSIS
      : first_(&a < &b ? a : b),
        second_(&a < &b ? b : a) {
    first_.Lock();
    if (&first_ != &second_) second_.Lock();
  }
  ~TwoLocksHold() KONDOR_NO_THREAD_SAFETY_ANALYSIS {
    if (&first_ != &second_) second_.Unlock();
    first_.Unlock();
  }
  TwoLocksHold(const TwoLocksHold&) = delete;
  TwoLocksHold& operator=(const TwoLocksHold&) = delete;

 private:
  SpinLock& first_;
  SpinLock& second_;
};

}  // namespace kondor::ledger
