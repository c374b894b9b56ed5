#include "client/limiter/gate.h"

#include <algorithm>
#include <utility>

namespace kondor::limiter {

Gate::Gate(StrategyPtr strategy, const Clock& clock, Sleeper& sleeper, OnWait on_wait)
    : clock_(clock),
      sleeper_(sleeper),
      on_wait_(std::move(on_wait)),
      strategy_(std::move(strategy)) {}

Result<Pass> Gate::Enter(TimePoint deadline, std::stop_token stop) {
  {
    const MutexLock lock(mutex_);
    // Read under the lock, so that the strategy's instants never go back.
    const TimePoint now = clock_.Now();
    if (waiting_.empty() && now <= deadline && strategy_->Check(now) == now) return LetIn(now);
  }
  return WaitAndEnter(deadline, stop);
}

Result<Pass> Gate::WaitAndEnter(TimePoint deadline, const std::stop_token& stop) {
  // On the heap, because g++ 12 believes a callback to read it before it is made.
  const auto own = std::make_unique<Waiter>();
  Waiter& me = *own;
  // Declared before any lock is taken: it may have to wait for whoever is asking us to stop.
  const std::stop_callback on_stop(stop, [this, waiter = &me] {
    const MutexLock lock(mutex_);
    waiter->wake.request_stop();
  });
  for (bool in_line = false;; in_line = true) {
    TimePoint look_again;
    Waiting waiting;
    std::stop_token woken;
    {
      const MutexLock lock(mutex_);
      if (!in_line) waiting_.push_back(&me);
      const TimePoint now = clock_.Now();
      const TimePoint turn = Turn(me, now);
      if (stop.stop_requested()) {
        Leave(me);
        return Unexpected(ErrorKind::kCancelled, "cancelled while waiting for the rate limit");
      }
      if (turn == now && now <= deadline) {
        Leave(me);
        return LetIn(now);
      }
      if (now >= deadline || (turn != kNotYetKnown && turn > deadline)) {
        const Waiting in_vain = WaitOf(me, now);
        Leave(me);
        return TooLate(in_vain, deadline - now);
      }
      if (me.wake.stop_requested()) me.wake = std::stop_source();
      woken = me.wake.get_token();
      look_again = std::min(turn, deadline);
      if (!in_line) waiting = WaitOf(me, now);
    }
    if (!in_line && on_wait_) on_wait_(waiting);
    sleeper_.SleepUntil(look_again, woken);
  }
}

TimePoint Gate::Turn(const Waiter& me, TimePoint now) const {
  return waiting_.front() == &me ? strategy_->Check(now) : kNotYetKnown;
}

Waiting Gate::WaitOf(const Waiter& me, TimePoint now) const {
  const TimePoint turn = strategy_->Check(now);
  // The first may have to wait for an answer, too.
  const bool others = waiting_.front() != &me || turn == kNotYetKnown;
  return {others ? Waiting::Why::kOthers : Waiting::Why::kLimits,
          turn == kNotYetKnown ? Duration::zero() : turn - now};
}

Pass Gate::LetIn(TimePoint now) {
  strategy_->Take(now, ++calls_);
  return Pass(this, calls_);
}

void Gate::Leave(Waiter& me) {
  const bool was_first = waiting_.front() == &me;
  waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &me));
  if (was_first) WakeFirst();
}

void Gate::WakeFirst() {
  if (!waiting_.empty()) waiting_.front()->wake.request_stop();
}

void Gate::Settle(CallId call, const Answer& answer) {
  const MutexLock lock(mutex_);
  strategy_->Settle(clock_.Now(), call, answer);
  WakeFirst();  // it may have been this answer that was waited for
}

}  // namespace kondor::limiter
