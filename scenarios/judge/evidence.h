// All that is known of one trial when it is over, and is judged by. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "scenarios/judge/call.h"
#include "scenarios/judge/ending.h"
#include "scenarios/judge/output.h"
#include "scenarios/judge/trial.h"

namespace kondor::judge {

// What the sandbox allows; 0: no such limit. They are the vendors' published numbers unless --set
// says otherwise.
struct Limits {
  int per_second = 1;
  int per_minute = 20;
  int qondor_per_second = 10;
};

struct Evidence {
  const Trial* trial = nullptr;
  Settings reading;
  Limits limits;
  double speed = 1;
  int jobs = 0;                            // statuses asked for
  int qondor_jobs = 0;                     // calls to Qondor asked for
  std::vector<std::string> true_statuses;  // of pipelines 1 ... jobs

  std::vector<Call> calls;     // of each run, as the sandbox's books came to them
  std::size_t second_run = 0;  // index of its first call; calls.size() without a second run
  bool event_happened = false;
  std::string old_key;      // Kondado's key that the event killed; empty for none
  bool calls_lost = false;  // the journal has not kept all of them

  std::vector<Ending> endings;  // of its runs
  Output output;
  std::optional<Duration> optimum;   // see optimum.h
  std::optional<Duration> makespan;  // from its first call to the last status it still lacked
};

// What is not the program's doing: that bytes, processes and threads do not run on time. On the
// sandbox's clock, and at most that share of what is measured, or at high speeds everything were
// excused.
Duration Unpunctuality(const Evidence& evidence, Duration at_most);

// How long after a refusal, in the same way, calls of others may still come that were on their way
// or had left a limiter's queue.
Duration OnTheirWay(const Evidence& evidence, Duration at_most);

// Whether the program does what KONDOR_OUTPUT asks for, so that what it wrote can be judged.
bool KeepsOutput(const Evidence& evidence);

// Pipelines whose right status it wrote, in order and each once.
std::vector<std::int64_t> RightIds(const Evidence& evidence);

}  // namespace kondor::judge
