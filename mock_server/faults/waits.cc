#include "mock_server/faults/waits.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace kondor::faults {
namespace {

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

// How long the machine takes until the sandbox's clock shows `due`; nothing when it stands.
std::optional<std::chrono::nanoseconds> MachineTime(const SandboxClock::State& clock,
                                                    TimePoint due) {
  if (clock.mode == ClockMode::kManual) return {};
  constexpr double kMost = 1e18;
  const double machine = static_cast<double>((due - clock.now).count()) / clock.speed;
  return std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(machine, kMost)));
}

}  // namespace

// Used by the one thread that sends the answer; what others look at is in `waiting_`.
class Waits::SandboxPace final : public http::Pace {
 public:
  SandboxPace(std::shared_ptr<Waits> waits, std::uint64_t serial, int wake, Schedule schedule)
      : waits_(std::move(waits)), serial_(serial), wake_(wake), schedule_(schedule) {}

  ~SandboxPace() override {
    {
      const MutexLock lock(waits_->mutex_);
      waits_->waiting_.erase(serial_);
      waits_->changed_.notify_all();
    }
    if (wake_ >= 0) close(wake_);
  }

  Word Ask(std::optional<std::size_t> body_sent) override {
    std::uint64_t count = 0;
    static_cast<void>(!read(wake_, &count, sizeof(count)));
    const MutexLock lock(waits_->mutex_);
    Waiting& waiting = waits_->waiting_.at(serial_);
    if (waiting.dropped || waits_->ended_) return {};
    const SandboxClock::State clock = waits_->clock_.Read();
    LetGo(waiting, clock.now);
    if (waiting.begun && (!body_sent || allowed_ > *body_sent)) {
      waiting.sending = true;
      return {Says::kGo, allowed_, {}};
    }
    waiting.sending = false;
    waits_->changed_.notify_all();
    return {Says::kWait, 0, MachineTime(clock, waiting.due)};
  }

  int wake_descriptor() const override { return wake_; }

 private:
  // Everything that is due by `now`.
  void LetGo(Waiting& waiting, TimePoint now) {
    if (now < waiting.due) return;
    if (schedule_.period == Duration::zero()) {
      waiting.begun = true;
      allowed_ = kAll;
      return;
    }
    if (!std::exchange(waiting.begun, true)) waiting.due += schedule_.period;  // the head alone
    if (now < waiting.due) return;
    const auto periods = (now - waiting.due) / schedule_.period + 1;
    waiting.due += periods * schedule_.period;
    const auto pieces = static_cast<std::size_t>(periods);
    const std::size_t room = (kAll - allowed_) / schedule_.bytes_per_period;
    allowed_ = pieces > room ? kAll : allowed_ + pieces * schedule_.bytes_per_period;
  }

  const std::shared_ptr<Waits> waits_;
  const std::uint64_t serial_;
  const int wake_;
  const Schedule schedule_;
  std::size_t allowed_ = 0;  // bytes of the body
};

std::shared_ptr<http::Pace> Waits::Begin(const Schedule& schedule) {
  const MutexLock lock(mutex_);
  Waiting waiting;
  waiting.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  waiting.dropped = ended_ || waiting.wake < 0;  // the machine has no descriptor left
  if (!waiting.dropped) waiting.due = clock_.Now() + schedule.first;
  const std::uint64_t serial = ++last_serial_;
  waiting_.emplace(serial, waiting);
  return std::make_shared<SandboxPace>(shared_from_this(), serial, waiting.wake, schedule);
}

std::size_t Waits::count() const {
  const MutexLock lock(mutex_);
  return waiting_.size();
}

std::optional<TimePoint> Waits::NextDue(TimePoint after) const {
  const MutexLock lock(mutex_);
  std::optional<TimePoint> next;
  for (const auto& [serial, waiting] : waiting_) {
    if (waiting.begun || waiting.dropped || waiting.due <= after) continue;
    if (!next || waiting.due < *next) next = waiting.due;
  }
  return next;
}

bool Waits::AnyUnsent(TimePoint through, std::uint64_t serial_max) const {
  return std::any_of(waiting_.begin(), waiting_.upper_bound(serial_max), [&](const auto& entry) {
    const Waiting& waiting = entry.second;
    return !waiting.dropped && (waiting.sending || waiting.due <= through);
  });
}

void Waits::AwaitSent(TimePoint through) {
  const MutexLock lock(mutex_);
  const std::uint64_t serial_max = last_serial_;
  for (const auto& [serial, waiting] : waiting_) Wake(waiting);
  std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
  while (AnyUnsent(through, serial_max)) changed_.wait(native);
  native.release();
}

void Waits::Wake(const Waiting& waiting) const {
  const std::uint64_t one = 1;
  static_cast<void>(!write(waiting.wake, &one, sizeof(one)));
}

void Waits::DropAll() {
  const MutexLock lock(mutex_);
  for (auto& [serial, waiting] : waiting_) {
    waiting.dropped = true;
    Wake(waiting);
  }
  changed_.notify_all();
}

void Waits::End() {
  {
    const MutexLock lock(mutex_);
    ended_ = true;
  }
  DropAll();
}

}  // namespace kondor::faults
