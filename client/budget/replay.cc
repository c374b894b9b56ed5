#include "client/budget/replay.h"

#include <algorithm>
#include <utility>

namespace kondor::limiter {

Replay::Replay(Terms terms) : terms_(std::move(terms)), strategy_(terms_.make()) {}

void Replay::Begin() {
  strategy_ = terms_.make();
  last_ = resting_until_ = TimePoint::min();
  line_.clear();
  in_flight_.clear();
}

void Replay::Apply(const Event& event) {
  const TimePoint at = last_ = std::max(last_, event.at);
  switch (event.kind) {
    case Event::Kind::kJoin:
      if (!IsInLine(event.call)) line_.push_back(event.call);
      return;
    case Event::Kind::kTake:
      LeaveLine(event.call);
      strategy_->Take(at, event.call);
      in_flight_.push_back(event.call);
      return;
    case Event::Kind::kSettle:
      return Settle(at, event.call, event.answer);
    case Event::Kind::kGone:
      LeaveLine(event.call);
      if (IsInFlight(event.call)) Settle(at, event.call, {Answer::Fate::kUnknown});
      return;
    case Event::Kind::kSpent:
      strategy_ = terms_.make();
      in_flight_.clear();
      return RestFrom(at);
  }
}

void Replay::Settle(TimePoint at, CallId call, const Answer& answer) {
  const auto it = std::find(in_flight_.begin(), in_flight_.end(), call);
  // The strategy never heard of it being sent: what it may have used up is unknown, so all of it.
  if (it == in_flight_.end()) return RestFrom(at);
  in_flight_.erase(it);
  strategy_->Settle(at, call, answer);
}

void Replay::RestFrom(TimePoint at) { resting_until_ = std::max(resting_until_, at + terms_.rest); }

TimePoint Replay::Turn(CallId call, TimePoint now) const {
  return line_.empty() || line_.front() == call ? Earliest(now) : kNotYetKnown;
}

TimePoint Replay::Earliest(TimePoint now) const {
  return std::max(resting_until_, strategy_->Check(std::max(now, last_)));
}

std::vector<CallId> Replay::Known() const {
  std::vector<CallId> known(line_.begin(), line_.end());
  known.insert(known.end(), in_flight_.begin(), in_flight_.end());
  return known;
}

bool Replay::IsInLine(CallId call) const {
  return std::find(line_.begin(), line_.end(), call) != line_.end();
}

bool Replay::IsInFlight(CallId call) const {
  return std::find(in_flight_.begin(), in_flight_.end(), call) != in_flight_.end();
}

void Replay::LeaveLine(CallId call) {
  const auto it = std::find(line_.begin(), line_.end(), call);
  if (it != line_.end()) line_.erase(it);
}

void Replay::KeepOwn(Memory& memory) {
  memory.Keep(last_);
  memory.Keep(resting_until_);
  memory.KeepAll(line_, [&memory](CallId& call) { memory.Keep(call); });
  memory.KeepAll(in_flight_, [&memory](CallId& call) { memory.Keep(call); });
}

std::vector<std::int64_t> Replay::WriteDown() {
  Memory memory;
  KeepOwn(memory);
  bool remembers = true;
  memory.Keep(remembers);
  if (strategy_->Remember(memory)) return memory.numbers();

  Apply({.kind = Event::Kind::kSpent, .at = last_});
  Memory without;
  KeepOwn(without);
  remembers = false;
  without.Keep(remembers);
  return without.numbers();
}

bool Replay::Read(const std::vector<std::int64_t>& numbers, Duration shift) {
  Begin();
  Memory memory(numbers, shift);
  KeepOwn(memory);
  bool remembers = false;
  memory.Keep(remembers);
  if ((!remembers || strategy_->Remember(memory)) && memory.fits()) return true;
  Begin();
  return false;
}

}  // namespace kondor::limiter
