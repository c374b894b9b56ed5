// What the participants of a shared budget tell each other. Immutable value type.
#pragma once

#include <cstdint>

#include "client/limiter/strategy.h"

namespace kondor::limiter {

// A participant's number, given by whoever keeps the log; no two live ones have the same.
using Holder = std::uint64_t;

// A call's name says whose it is: no two that wait or are in flight are alike.
inline constexpr unsigned kCounterBits = 24;
inline constexpr Holder kHolderMax = (Holder{1} << (64 - kCounterBits)) - 1;
constexpr CallId NameCall(Holder holder, std::uint64_t count) {
  return holder << kCounterBits | (count & ((CallId{1} << kCounterBits) - 1));
}
constexpr Holder HolderOf(CallId call) { return call >> kCounterBits; }

struct Event {
  enum class Kind : std::uint8_t {
    kJoin = 1,  // a call is to go, and stands in line
    kTake,      // it goes, from wherever in line
    kSettle,    // its answer is there
    kGone,      // nobody cares for it any more: out of the line, or settled as unknown
    kSpent,     // calls were made that nobody wrote down: begin as if all had been spent
  };
  Kind kind = Kind::kSpent;
  TimePoint at;
  CallId call = 0;
  Answer answer = {};
};

}  // namespace kondor::limiter
