// Calls Qondor so many times, and moves to the secondary key when the primary is refused (Q5). Not
// thread-safe.
#pragma once

#include "tests/scenarios/judge/client/assignment.h"
#include "tests/scenarios/judge/client/gate.h"
#include "tests/scenarios/judge/client/manners.h"
#include "tests/scenarios/judge/client/vendor_time.h"
#include "tests/scenarios/judge/client/wire.h"

namespace kondor::judge_client {

class QondorWorker {
 public:
  // All must outlive it.
  QondorWorker(const Assignment& assignment, const Manners& manners, VendorTime& time)
      : assignment_(assignment), manners_(manners), gate_(manners, time), time_(time) {}

  // Whether the program may say that all is well.
  bool CallAll();

 private:
  enum class Done { kYes, kNo, kStop };
  Done CallOnce();
  Answer Send();

  const Assignment& assignment_;
  const Manners& manners_;
  Gate gate_;
  VendorTime& time_;
  bool on_second_key_ = false;
};

}  // namespace kondor::judge_client
