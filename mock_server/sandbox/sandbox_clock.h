// The clock of one sandbox: everything in it that knows time reads this and nothing else.
//
// Real: follows the machine, `speed` times as fast. Manual: moves only when told. Either way it
// ticks in whole microseconds and never runs backwards. Thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"

namespace kondor {

enum class ClockMode { kReal, kManual };

std::string_view ToText(ClockMode mode);
std::optional<ClockMode> ParseClockMode(std::string_view text);

inline constexpr double kClockSpeedMax = 1'000'000;

class SandboxClock final : public Clock {
 public:
  struct State {
    ClockMode mode = ClockMode::kReal;
    TimePoint now;
    double speed = 1;
  };
  // What to change; absent parts stay as they are.
  struct Change {
    std::optional<ClockMode> mode;
    std::optional<TimePoint> now;
    std::optional<double> speed;
  };

  // `machine` must outlive the clock. Starts real, at the machine's time.
  explicit SandboxClock(const Clock& machine);

  TimePoint Now() const noexcept override;
  State Read() const;

  // kInvalidArgument when that would turn time back, or pass kTimeMax.
  Result<State> Set(const Change& change);
  // A new life: real at the machine's time, then `change`. The one way back in time, for a reset.
  Result<void> Restart(const Change& change);
  // Moves on by `by` at once, in either mode. REQUIRES: by >= 0.
  Result<State> Advance(Duration by);

 private:
  // What this clock shows while the machine's shows `machine`.
  TimePoint NowAt(TimePoint machine) const KONDOR_REQUIRES(mutex_);
  Result<State> SetLocked(const Change& change) KONDOR_REQUIRES(mutex_);
  Result<void> MoveTo(TimePoint target, TimePoint now, TimePoint machine) KONDOR_REQUIRES(mutex_);

  const Clock& machine_;
  mutable Mutex mutex_;
  // Since `machine_base_` on the machine's clock, this clock has run `speed_` times as far from
  // `base_`. In manual mode `base_` alone is the time.
  ClockMode mode_ KONDOR_GUARDED_BY(mutex_) = ClockMode::kReal;
  TimePoint base_ KONDOR_GUARDED_BY(mutex_);
  TimePoint machine_base_ KONDOR_GUARDED_BY(mutex_);
  double speed_ KONDOR_GUARDED_BY(mutex_) = 1;
};

}  // namespace kondor
