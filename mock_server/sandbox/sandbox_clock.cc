#include "mock_server/sandbox/sandbox_clock.h"

#include <algorithm>
#include <cmath>

#include "mock_server/sandbox/time_text.h"

namespace kondor {
namespace {

TimePoint WholeMicros(TimePoint t) { return FromUnixMicros(ToUnixMicros(t)); }

Unexpected PastTheEnd() {
  return Unexpected(ErrorKind::kInvalidArgument,
                    "a sandbox's time ends with the year 2199; name an earlier instant");
}

}  // namespace

std::string_view ToText(ClockMode mode) { return mode == ClockMode::kReal ? "real" : "manual"; }

std::optional<ClockMode> ParseClockMode(std::string_view text) {
  if (text == "real") return ClockMode::kReal;
  if (text == "manual") return ClockMode::kManual;
  return {};
}

SandboxClock::SandboxClock(const Clock& machine)
    : machine_(machine), base_(WholeMicros(machine.Now())), machine_base_(base_) {}

TimePoint SandboxClock::Now() const noexcept {
  const MutexLock lock(mutex_);
  return NowAt(machine_.Now());
}

TimePoint SandboxClock::NowAt(TimePoint machine) const {
  if (mode_ == ClockMode::kManual) return base_;
  Duration run = machine - machine_base_;
  // At the end of time the clock stands: better than an overflow nobody can explain.
  const Duration left = kTimeMax - base_;
  if (speed_ != 1) {
    const double scaled = static_cast<double>(run.count()) * speed_;
    run = scaled < static_cast<double>(left.count()) ? Duration(std::llround(scaled)) : left;
  }
  return WholeMicros(base_ + std::min(run, left));
}

SandboxClock::State SandboxClock::Read() const {
  const MutexLock lock(mutex_);
  return {mode_, NowAt(machine_.Now()), speed_};
}

Result<SandboxClock::State> SandboxClock::Set(const Change& change) {
  const MutexLock lock(mutex_);
  return SetLocked(change);
}

Result<void> SandboxClock::Restart(const Change& change) {
  if (change.now && *change.now > kTimeMax) return PastTheEnd();
  const MutexLock lock(mutex_);
  mode_ = ClockMode::kReal;
  speed_ = 1;
  machine_base_ = machine_.Now();
  // A start in the past is fine: nothing has happened in this life yet.
  base_ = WholeMicros(change.now.value_or(machine_base_));
  Result<State> set = SetLocked({change.mode, {}, change.speed});
  if (!set) return Unexpected(set.error());
  if (change.now && mode_ == ClockMode::kManual) base_ = WholeMicros(*change.now);
  return {};
}

Result<SandboxClock::State> SandboxClock::SetLocked(const Change& change) {
  if (change.speed && !(*change.speed > 0 && *change.speed <= kClockSpeedMax)) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "speed must be over 0 and at most 1000000; to stop time set mode manual");
  }
  const ClockMode mode = change.mode.value_or(mode_);
  if (mode == ClockMode::kManual && change.speed && *change.speed != 1) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a manual clock has no speed; set mode real, or leave speed out");
  }
  // Read once: a machine that runs on between two readings would turn "now" into the past.
  const TimePoint machine = machine_.Now();
  const TimePoint now = NowAt(machine);
  if (Result<void> moved = MoveTo(change.now.value_or(now), now, machine); !moved) {
    return Unexpected(moved.error());
  }
  mode_ = mode;
  speed_ = mode == ClockMode::kManual ? 1 : change.speed.value_or(speed_);
  return State{mode_, base_, speed_};
}

Result<SandboxClock::State> SandboxClock::Advance(Duration by) {
  const MutexLock lock(mutex_);
  const TimePoint machine = machine_.Now();
  const TimePoint now = NowAt(machine);
  if (by > kTimeMax - now) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "that passes the year 2200, where a sandbox's time ends; advance by less");
  }
  if (Result<void> moved = MoveTo(now + by, now, machine); !moved) {
    return Unexpected(moved.error());
  }
  return State{mode_, base_, speed_};
}

Result<void> SandboxClock::MoveTo(TimePoint target, TimePoint now, TimePoint machine) {
  if (target < now) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a clock never runs backwards; it is " + FormatIsoTime(now) +
                          " now: name a later instant, or reset the sandbox");
  }
  if (target > kTimeMax) return PastTheEnd();
  base_ = WholeMicros(target);
  machine_base_ = machine;
  return {};
}

}  // namespace kondor
