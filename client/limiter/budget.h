// What several callers of one API may spend together: who enters may make one call, and says
// afterwards what became of it. The threads of one process share a Gate (gate.h), the processes of
// one machine a file, and machines a Redis (client/budget/). Thread-safe, but for a pass.
#pragma once

#include <stop_token>

#include "base/clock.h"
#include "base/result.h"
#include "client/limiter/strategy.h"

namespace kondor::limiter {

class Budget;

// The right to make one call, at once. It must not outlive its budget. Not thread-safe; may be
// moved.
class Pass {
 public:
  // For budgets: they name the call.
  Pass(Budget* budget, CallId call) : budget_(budget), call_(call) {}
  Pass(Pass&& other) noexcept;
  Pass& operator=(Pass&& other) noexcept;
  // A call that nobody settled may have been counted: it is settled as unknown.
  ~Pass();

  // What became of the call; later calls of this do nothing.
  void Settle(const Answer& answer);

 private:
  Budget* budget_;  // null once settled or moved from
  CallId call_;
};

// Thread-safe.
class Budget {
 public:
  Budget() = default;
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;
  virtual ~Budget() = default;

  // Waits for this caller's turn, and then until a call may go.
  // kDeadline: it would not have come before the deadline, which is said as soon as it is certain.
  // kCancelled: `stop` was asked to. kUnavailable: what is shared cannot be reached, or is no good.
  virtual Result<Pass> Enter(TimePoint deadline, std::stop_token stop) = 0;
  Result<Pass> Enter(TimePoint deadline) { return Enter(deadline, std::stop_token()); }

 private:
  friend class Pass;
  virtual void Settle(CallId call, const Answer& answer) = 0;
};

}  // namespace kondor::limiter
