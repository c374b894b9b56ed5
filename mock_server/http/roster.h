// The connections there are: which of them may be closed to make room, and how all of them end.
// Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <unordered_set>

#include "base/mutex.h"
#include "mock_server/http/deadline.h"

namespace kondor::http {

// What one connection waits for. The order is the order in which room is made.
enum class Activity {
  kIdle,       // the next request's first byte
  kEnding,     // the client to take notice of the last answer
  kFresh,      // the first request's first byte
  kReading,    // the rest of a request
  kWaiting,    // the time at which its answer may go
  kAnswering,  // the handler: never closed to make room
  kLeaving,    // nothing any more: it was told to make room
};

class Roster {
 public:
  // One connection's line; its thread writes the activity, anybody may read it.
  class Entry {
   public:
    explicit Entry(int socket) : socket_(socket) {}
    void Now(Activity activity) {
      since_.store(SocketNow().time_since_epoch().count(), std::memory_order_relaxed);
      activity_.store(activity);  // sequentially consistent: see Connection::AwaitRequest()
    }

   private:
    friend class Roster;
    const int socket_;
    std::atomic<Instant::rep> since_{0};
    std::atomic<Activity> activity_{Activity::kAnswering};
  };

  // Who has been sending one request, or waiting for an answer's time, for longer than
  // `fair_reading_time` may be closed to make room.
  explicit Roster(std::chrono::milliseconds fair_reading_time)
      : fair_reading_time_(fair_reading_time) {}

  // False when everything is being stopped: the connection must end at once. The socket must stay
  // open until Remove() has returned.
  [[nodiscard]] bool Add(Entry& entry) KONDOR_EXCLUDES(mutex_);
  void Remove(Entry& entry) KONDOR_EXCLUDES(mutex_);

  // Ends the connection that has been idle longest, or else one that sends too slowly, or else one
  // whose answer waits for its time, if any.
  void MakeRoom() KONDOR_EXCLUDES(mutex_);
  // Returns when a connection has been removed or when `deadline` has come.
  void AwaitRemoval(Instant deadline) KONDOR_EXCLUDES(mutex_);

  bool stopping() const { return stopping_.load(); }
  // From now on nothing is added and no connection stays idle.
  void StartStopping() KONDOR_EXCLUDES(mutex_);
  // Returns when every connection has been removed; cuts those that are left at `deadline`.
  // REQUIRES: StartStopping() was called.
  void AwaitEmpty(Instant deadline) KONDOR_EXCLUDES(mutex_);

  std::size_t size() const KONDOR_EXCLUDES(mutex_);

 private:
  const std::chrono::milliseconds fair_reading_time_;
  std::atomic<bool> stopping_{false};
  mutable Mutex mutex_;
  std::condition_variable changed_;
  std::unordered_set<Entry*> entries_ KONDOR_GUARDED_BY(mutex_);
};

}  // namespace kondor::http
