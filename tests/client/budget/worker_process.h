// A budget_worker as a test sees it. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/clock.h"

namespace kondor::limiter {

// A pipe that several workers may write to.
class Reports {
 public:
  Reports();
  ~Reports();
  Reports(const Reports&) = delete;
  Reports& operator=(const Reports&) = delete;
  int inlet() const { return inlet_; }

  // The next one; waits at most that long, and says TimePoint::max() then.
  TimePoint Next(Duration patience);
  // All that have come so far.
  std::vector<TimePoint> Rest();

 private:
  int outlet_ = -1;
  int inlet_ = -1;
};

class WorkerProcess {
 public:
  WorkerProcess(const std::string& kind, const std::string& where, const std::string& what,
                const Reports& reports);
  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&& other) noexcept;
  ~WorkerProcess() { Kill(); }

  // At once, wherever it is, and waits until it is gone.
  void Kill();

 private:
  pid_t pid_ = -1;
};

}  // namespace kondor::limiter
