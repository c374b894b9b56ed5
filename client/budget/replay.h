// What the events so far amount to: the strategy they were played into, the line and the calls in
// flight. A pure state machine, so that all who play the same events know the same.
// Not thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "client/budget/event.h"
#include "client/budget/terms.h"

namespace kondor::limiter {

class Replay {
 public:
  explicit Replay(Terms terms);

  // Goes back to before the first event.
  void Begin();
  void Apply(const Event& event);

  // When `call`, in line or about to join it, may go: kNotYetKnown while others are before it.
  TimePoint Turn(CallId call, TimePoint now) const;
  // When anybody may go.
  TimePoint Earliest(TimePoint now) const;

  // All it knows, as numbers; a strategy that cannot write down what it knows is forgotten, and a
  // period of rest takes its place.
  std::vector<std::int64_t> WriteDown();
  // `shift` is added to every instant. False, and as after Begin: nobody wrote these numbers.
  [[nodiscard]] bool Read(const std::vector<std::int64_t>& numbers, Duration shift = {});

  // Of the last event: none that follows can be earlier.
  TimePoint last() const { return last_; }
  // What was spent before is not known, so nobody goes before that.
  TimePoint resting_until() const { return resting_until_; }
  const std::deque<CallId>& line() const { return line_; }
  // All that wait or are in flight.
  std::vector<CallId> Known() const;
  const Terms& terms() const { return terms_; }

  bool IsInLine(CallId call) const;
  bool IsInFlight(CallId call) const;

 private:
  void LeaveLine(CallId call);
  void Settle(TimePoint at, CallId call, const Answer& answer);
  void RestFrom(TimePoint at);
  void KeepOwn(Memory& memory);

  const Terms terms_;
  StrategyPtr strategy_;
  TimePoint last_ = TimePoint::min();
  TimePoint resting_until_ = TimePoint::min();
  std::deque<CallId> line_;
  std::vector<CallId> in_flight_;
};

}  // namespace kondor::limiter
