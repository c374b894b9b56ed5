// Where the events of a shared budget are written down, in one order for all. Not thread-safe.
#pragma once

#include "base/result.h"
#include "client/budget/event.h"

namespace kondor::limiter {

// What a participant wants to have written down.
struct Wish {
  enum class Kind {
    kEnter,   // kTake if its turn has come; else, if it is worth waiting, kJoin, and if not, kGone
    kSettle,  // that event
    kGone,    // that event, if anybody knows the call
  };
  Kind kind = Kind::kEnter;
  CallId call = 0;
  Duration patience{};  // of kEnter: how long it is worth waiting; zero for not at all
  Answer answer = {};   // of kSettle
};

struct Seen {
  enum class Entry {
    kNone,     // the wish was no kEnter, or too late to be worth waiting
    kWaiting,  // it stands in line
    kTaken,    // it goes now
  };
  Entry entry = Entry::kNone;
  // All on the log's own timeline.
  TimePoint now;
  TimePoint turn;      // of a kEnter that was not taken: see Replay::Turn
  TimePoint earliest;  // see Replay::Earliest
  // Until then all rest, because what was spent before is not known.
  TimePoint resting_until = TimePoint::min();
};

// Whether a turn that comes then is worth waiting for.
constexpr bool WorthWaiting(TimePoint turn, TimePoint now, Duration patience) {
  return patience > Duration::zero() && (turn == kNotYetKnown || turn - now <= patience);
}

class SharedLog {
 public:
  SharedLog() = default;
  SharedLog(const SharedLog&) = delete;
  SharedLog& operator=(const SharedLog&) = delete;
  virtual ~SharedLog() = default;

  // Reads what others wrote, and then writes. After an error the wish may still have been granted.
  virtual Result<Seen> Exchange(const Wish& wish) = 0;
  // A new name for a call of this participant.
  virtual CallId Name() = 0;
  // Of the calls that wait, as of the last exchange; 0 when there is none.
  virtual CallId FirstInLine() const = 0;
};

}  // namespace kondor::limiter
