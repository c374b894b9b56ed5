// Ends what takes too long: one thread for all the requests of a transport. The HTTP library bounds
// each read, so a server that sends a byte now and then could hold a caller for ever.
#pragma once

#include <functional>
#include <map>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/sleeper.h"

namespace kondor::client {

// Thread-safe.
class Watchdog {
 public:
  // Watched until it is destroyed; afterwards `bite` is neither called nor still running. Not
  // thread-safe.
  class Guard {
   public:
    Guard(Watchdog& dog, TimePoint until, std::function<void()> bite);
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard();

    bool bitten() const;

   private:
    friend class Watchdog;
    struct Watched {
      std::function<void()> bite;
      bool bitten = false;
    };

    Watchdog& dog_;
    Watched watched_;
    std::multimap<TimePoint, Watched*>::iterator place_;
  };

  Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog();

  TimePoint Now() const { return clock_.Now(); }

 private:
  void Watch(const std::stop_token& stop);
  // Calls those that are due, and says when to look again.
  TimePoint BiteThoseDue() KONDOR_REQUIRES(mutex_);

  const SystemClock clock_;
  SystemSleeper sleeper_{clock_};

  mutable Mutex mutex_;
  std::multimap<TimePoint, Guard::Watched*> watched_ KONDOR_GUARDED_BY(mutex_);
  TimePoint looks_again_ KONDOR_GUARDED_BY(mutex_) = TimePoint::max();
  std::stop_source wake_ KONDOR_GUARDED_BY(mutex_);

  std::jthread thread_;  // last: it uses all the others
};

}  // namespace kondor::client
