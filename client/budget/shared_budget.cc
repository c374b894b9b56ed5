#include "client/budget/shared_budget.h"

#include <algorithm>
#include <utility>

namespace kondor::limiter {
namespace {

// Nobody sleeps longer than that, however far away the turn: others may have left.
constexpr Duration kLookAtLeastEvery = std::chrono::seconds(1);

// `then` is an instant of the log's; both nows are the same moment.
TimePoint OnCallersClock(TimePoint then, TimePoint logs_now, TimePoint callers_now) {
  if (then == kNotYetKnown) return then;
  const Duration wait = std::max(Duration::zero(), then - logs_now);
  return wait > TimePoint::max() - callers_now ? kNotYetKnown : callers_now + wait;
}

}  // namespace

void SharedBudget::Waiter::Wake() {
  const MutexLock lock(mutex);
  wake.request_stop();
}

std::stop_token SharedBudget::Waiter::Token() {
  const MutexLock lock(mutex);
  return wake.get_token();
}

void SharedBudget::Waiter::Rest() {
  const MutexLock lock(mutex);
  if (wake.stop_requested()) wake = std::stop_source();
}

Waiting SharedBudget::Attempt::WhatFor() const {
  const Duration earliest =
      seen.earliest == kNotYetKnown ? Duration::zero() : std::max({}, seen.earliest - seen.now);
  if (seen.resting_until > seen.now) return {Waiting::Why::kUnknownPast, earliest};
  if (seen.turn == kNotYetKnown) return {Waiting::Why::kOthers, earliest};
  return {Waiting::Why::kLimits, earliest};
}

SharedBudget::SharedBudget(std::unique_ptr<SharedLog> log, Polling polling, const Clock& clock,
                           Sleeper& sleeper, OnWait on_wait)
    : polling_(polling),
      clock_(clock),
      sleeper_(sleeper),
      on_wait_(std::move(on_wait)),
      unrecorded_(log->Name()),
      log_(std::move(log)) {}

Result<Pass> SharedBudget::Enter(TimePoint deadline, std::stop_token stop) {
  CallId call = 0;
  Attempt first;
  {
    const MutexLock lock(mutex_);
    call = log_->Name();
    const Result<Attempt> tried = Try(call, deadline);
    if (!tried) return Unexpected(tried.error());
    first = *tried;
  }
  if (first.seen.entry == Seen::Entry::kTaken) return Pass(this, call);
  if (first.seen.entry == Seen::Entry::kNone) {
    return TooLate(first.WhatFor(), deadline - first.at);
  }
  if (on_wait_) on_wait_(first.WhatFor());
  return Wait(call, first, deadline, stop);
}

Result<Pass> SharedBudget::Wait(CallId call, Attempt last, TimePoint deadline,
                                const std::stop_token& stop) {
  // On the heap, because g++ 12 believes a callback to read it before it is made.
  const auto own = std::make_unique<Waiter>();
  Waiter& me = *own;
  me.poll = polling_.least;
  const std::stop_callback on_stop(stop, [waiter = &me] { waiter->Wake(); });
  {
    const MutexLock lock(mutex_);
    waiting_[call] = &me;
  }
  for (;;) {
    sleeper_.SleepUntil(std::min(LookAgain(last, me), deadline), me.Token());
    me.Rest();  // who wakes us from now on means the next time
    const MutexLock lock(mutex_);
    if (stop.stop_requested()) {
      GiveUp(call);
      return Unexpected(ErrorKind::kCancelled, "cancelled while waiting for the rate limit");
    }
    const Result<Attempt> tried = Try(call, deadline);
    if (tried && tried->seen.entry == Seen::Entry::kWaiting) {
      last = *tried;
      continue;
    }
    waiting_.erase(call);
    if (!tried) return Unexpected(tried.error());
    WakeFirst();
    if (tried->seen.entry == Seen::Entry::kTaken) return Pass(this, call);
    // Past the deadline the log is not asked any more: what it said last is why.
    const bool was_asked = tried->at <= deadline;
    return TooLate((was_asked ? *tried : last).WhatFor(), deadline - tried->at);
  }
}

Result<SharedBudget::Attempt> SharedBudget::Try(CallId call, TimePoint deadline) {
  if (const Result<void> paid = PayUp(); !paid) {
    if (waiting_.contains(call)) Owe({.kind = Wish::Kind::kGone, .call = call});
    return Unexpected(paid.error());
  }
  const TimePoint now = clock_.Now();
  if (now > deadline) {
    GiveUp(call);
    return Attempt{{}, now};
  }
  const Result<Seen> seen =
      log_->Exchange({.kind = Wish::Kind::kEnter, .call = call, .patience = deadline - now});
  if (!seen) {
    Owe({.kind = Wish::Kind::kGone, .call = call});
    return Unexpected(seen.error());
  }
  return Attempt{*seen, clock_.Now()};
}

TimePoint SharedBudget::LookAgain(const Attempt& last, Waiter& me) const {
  const TimePoint earliest = OnCallersClock(last.seen.earliest, last.seen.now, last.at);
  // Until somebody may go, nothing can happen that brings one's turn nearer, but for answers.
  if (earliest != kNotYetKnown && earliest > last.at) {
    me.poll = polling_.least;
    return std::min(earliest, last.at + kLookAtLeastEvery);
  }
  const Duration poll = me.poll;
  me.poll = std::min(me.poll * 2, polling_.most);
  return last.at + poll;
}

void SharedBudget::GiveUp(CallId call) {
  if (waiting_.erase(call) == 0) return;
  Owe({.kind = Wish::Kind::kGone, .call = call});
  if (PayUp()) WakeFirst();
}

Result<void> SharedBudget::PayUp() {
  while (!owed_.empty()) {
    const Result<Seen> seen = log_->Exchange(owed_.front());
    if (!seen) return Unexpected(seen.error());
    owed_.erase(owed_.begin());
  }
  return {};
}

void SharedBudget::Owe(const Wish& wish) { owed_.push_back(wish); }

void SharedBudget::WakeFirst() {
  const auto first = waiting_.find(log_->FirstInLine());
  if (first != waiting_.end()) first->second->Wake();
}

void SharedBudget::Settle(CallId call, const Answer& answer) {
  const MutexLock lock(mutex_);
  Owe({.kind = Wish::Kind::kSettle, .call = call, .answer = answer});
  if (PayUp()) WakeFirst();
}

void SharedBudget::Unrecorded() {
  const MutexLock lock(mutex_);
  const auto same = [this](const Wish& wish) { return wish.call == unrecorded_; };
  if (std::none_of(owed_.begin(), owed_.end(), same)) {
    Owe({.kind = Wish::Kind::kSettle, .call = unrecorded_});
  }
}

}  // namespace kondor::limiter
