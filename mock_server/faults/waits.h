// The answers of one sandbox that wait for their time on its clock. Each is held by the connection
// it goes out on; here is known which there are, so that whoever moves the clock can let them go,
// and whoever ends the sandbox can end them. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/mutex.h"
#include "mock_server/faults/kind.h"
#include "mock_server/http/delivery.h"
#include "mock_server/sandbox/sandbox_clock.h"

namespace kondor::faults {

// A pace keeps the waits alive that it came from; they do not look at the clock any more once they
// have ended.
class Waits : public std::enable_shared_from_this<Waits> {
 public:
  // `clock` must live until End().
  explicit Waits(const SandboxClock& clock) : clock_(clock) {}

  // From now on it is one of those that wait, until it is destroyed. Never null.
  std::shared_ptr<http::Pace> Begin(const Schedule& schedule);

  std::size_t count() const;
  // When the next one that has not begun to go out, and is due after `after`, falls due.
  std::optional<TimePoint> NextDue(TimePoint after) const;
  // The clock was moved or set. Returns once those that waited before have handed to their sockets
  // what was due at `through`, or have ended.
  void AwaitSent(TimePoint through);

  void DropAll();  // those that wait now end without an answer
  void End();      // and so does every later one

 private:
  class SandboxPace;
  struct Waiting {
    TimePoint due;
    int wake = -1;         // an eventfd
    bool begun = false;    // the head was let go
    bool sending = false;  // something was let go and may be on its way to the socket
    bool dropped = false;
  };

  void Wake(const Waiting& waiting) const KONDOR_REQUIRES(mutex_);
  bool AnyUnsent(TimePoint through, std::uint64_t serial_max) const KONDOR_REQUIRES(mutex_);

  const SandboxClock& clock_;

  // Before the clock's own lock where both are taken.
  mutable Mutex mutex_;
  std::condition_variable changed_;  // something was sent or has ended
  std::map<std::uint64_t, Waiting> waiting_ KONDOR_GUARDED_BY(mutex_);  // by serial
  std::uint64_t last_serial_ KONDOR_GUARDED_BY(mutex_) = 0;
  bool ended_ KONDOR_GUARDED_BY(mutex_) = false;
};

}  // namespace kondor::faults
