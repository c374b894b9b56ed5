// Whether and when a call may go.
//
// A strategy is a pure state machine over the instants it is told: it has no clock, takes no lock
// and never waits. One call goes through it like this: Check(now) until the answer is `now`;
// Take(now) at that very instant; Settle once its answer is there, or is known never to come. Check
// changes nothing, so that whoever needs the consent of several strategies pays none of them for a
// refusal. Not thread-safe; instants never go back.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "client/limiter/memory.h"

namespace kondor::limiter {

// So many calls in any such period. REQUIRES of both, everywhere: above zero.
struct Quota {
  std::uint32_t limit = 0;
  Duration period{};
};

// Tells calls in flight apart; whoever takes names them, no two in flight alike.
using CallId = std::uint64_t;

// What Check says when only the answer to a call in flight can tell.
inline constexpr TimePoint kNotYetKnown = TimePoint::max();

struct Answer {
  enum class Fate {
    kAdmitted,  // it was let in, whatever came of it then
    kRefused,   // it was over a limit, and has not been executed
    kUnknown,   // no answer: it may have been counted
  };
  Fate fate = Fate::kAdmitted;
  // How long the server asked to wait, counted from the answer.
  std::optional<Duration> hint = std::nullopt;
};

class Strategy {
 public:
  Strategy() = default;
  Strategy(const Strategy&) = delete;
  Strategy& operator=(const Strategy&) = delete;
  virtual ~Strategy() = default;

  // The first instant from `now` on at which a call may go, should nothing else happen until then;
  // kNotYetKnown when something has to.
  virtual TimePoint Check(TimePoint now) const = 0;

  // A call goes. REQUIRES: Check(now) == now.
  virtual void Take(TimePoint now, CallId call) = 0;

  // Its answer arrived. REQUIRES: taken, and not settled yet.
  virtual void Settle(TimePoint now, CallId call, const Answer& answer) = 0;

  // Writes down all it knows, or reads it: one that was made alike then goes on as this would have.
  // Writing changes nothing. False: it has not learnt to, and a budget that outlives its process
  // now and then has to rest for a period instead.
  virtual bool Remember(Memory&) { return false; }
};

using StrategyPtr = std::unique_ptr<Strategy>;

}  // namespace kondor::limiter
