// Looks at the journal while a program runs, and lets happen what is to happen meanwhile. Not
// thread-safe.
#pragma once

#include <cstddef>
#include <optional>

#include "base/clock.h"
#include "scenarios/judge/child.h"
#include "scenarios/judge/evidence.h"
#include "scenarios/judge/sandbox.h"

namespace kondor::judge {

class Watch {
 public:
  // Both must outlive it; it fills in the evidence's calls.
  Watch(Sandbox& sandbox, Evidence& evidence) : sandbox_(sandbox), evidence_(evidence) {}

  GoOn Tick();
  void TakeCalls();
  // What went wrong with the mock while it was watched.
  const std::optional<Error>& trouble() const { return trouble_; }
  bool stopped_a_flood() const { return flood_; }

 private:
  bool IsTimeForEvent() const;
  void LetItHappen();

  Sandbox& sandbox_;
  Evidence& evidence_;
  const SystemClock clock_;
  TimePoint looked_;
  std::optional<Error> trouble_;
  bool flood_ = false;
};

// Whether something is still to happen while the program runs.
bool IsEventPending(const Evidence& evidence);

}  // namespace kondor::judge
