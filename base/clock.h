// Time as Kondor knows it: one timeline, one door.
//
// Every instant is a count of nanoseconds since the Unix epoch on *somebody's* clock; a sandbox's
// clock need not agree with the machine's. A clock never runs backwards.
// Thread-safe: `Now()` of every clock here may be called from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace kondor {

using Duration = std::chrono::nanoseconds;

// A tag only: instants of this timeline cannot be mixed up with the standard library's clocks.
struct UnixTimeline {};
using TimePoint = std::chrono::time_point<UnixTimeline, Duration>;

constexpr TimePoint FromUnixMicros(std::int64_t micros) {
  return TimePoint(std::chrono::microseconds(micros));
}

// Whole microseconds since the Unix epoch, rounded down.
constexpr std::int64_t ToUnixMicros(TimePoint t) {
  return std::chrono::floor<std::chrono::microseconds>(t.time_since_epoch()).count();
}

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint Now() const noexcept = 0;
};

// The machine's monotonic clock, anchored once to the machine's wall time: it reads as Unix time
// but does not jump when somebody sets the wall clock.
class SystemClock final : public Clock {
 public:
  SystemClock() noexcept;
  TimePoint Now() const noexcept override;

 private:
  const Duration anchor_;  // Unix time minus monotonic time, at construction.
};

// Counts from the start of the machine, its sleep included: the same for all processes of one boot,
// whoever sets the wall clock, and not to be compared with that of another boot.
class MachineClock final : public Clock {
 public:
  TimePoint Now() const noexcept override;
};

// Stands still until told to move. Public, because everybody who tests against time needs one.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) noexcept : now_(start.time_since_epoch().count()) {}
  TimePoint Now() const noexcept override {
    return TimePoint(Duration(now_.load(std::memory_order_acquire)));
  }
  // REQUIRES: by >= 0.
  void Advance(Duration by) noexcept { now_.fetch_add(by.count(), std::memory_order_acq_rel); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace kondor
