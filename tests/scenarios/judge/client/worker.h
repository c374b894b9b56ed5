// Fetches statuses of pipelines, each until it has it. Thread-safe: one object, several workers.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "tests/scenarios/judge/client/assignment.h"
#include "tests/scenarios/judge/client/gate.h"
#include "tests/scenarios/judge/client/manners.h"
#include "tests/scenarios/judge/client/vendor_time.h"
#include "tests/scenarios/judge/client/wire.h"

namespace kondor::judge_client {

enum class Kind { kData, kRefused, kDead, kFault };

struct Reading {
  Kind kind = Kind::kFault;
  std::string status;  // of kData
};

// What an answer about this pipeline says.
Reading Read(const Answer& answer, int pipeline);

class Worker {
 public:
  // All must outlive it.
  Worker(const Assignment& assignment, const Manners& manners, VendorTime& time)
      : assignment_(assignment), manners_(manners), time_(time) {}

  // All statuses that are asked for. Whether the program may say that all is well.
  bool FetchAll();
  // Queues a pipeline, at most once.
  bool QueueRun();

 private:
  void FetchSome(int first, int step, Gate& gate);
  bool FetchOne(int pipeline, Gate& gate);
  void Fail();
  Duration After(const Reading& reading, int tries, Answer answer);
  Question Ask(const std::string& method, const std::string& path) const;
  void Write(int pipeline, const std::string& status) KONDOR_EXCLUDES(mutex_);
  std::string Filled(std::string text) const;

  const Assignment& assignment_;
  const Manners& manners_;
  VendorTime& time_;
  std::atomic<bool> failed_ = false, stopped_ = false;
  Mutex mutex_;  // of the output
};

}  // namespace kondor::judge_client
