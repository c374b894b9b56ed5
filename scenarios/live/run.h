// A run against the real vendor, or against whoever stands in for it, from plan to drift report.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "base/sleeper.h"
#include "scenarios/live/plan.h"

namespace kondor::live {

struct RunOptions {
  PlanOptions plan;
  Ids ids;
  std::string drift_file = "kondor-drift.json";
};

// What a run needs of the world; a test gives it another one. All must outlive it.
struct Surroundings {
  const Clock& clock;
  Sleeper& sleeper;
  std::function<Result<std::unique_ptr<client::Transport>>(const std::string&)> transport = {};
  std::stop_token stop = {};  // asked to: what is known is reported
};

struct Prepared {
  Target target;
  Plan plan;
  DriftFile known;
};

// Nothing is called. kInvalidArgument, kUnavailable: in one line.
Result<Prepared> Prepare(Vendor vendor, const RunOptions& options);

struct Outcome {
  Findings findings;  // one for each rule of the vendor's
  int calls = 0;
  int refusals = 0;
  std::string at;                       // when it ended
  std::optional<Error> not_remembered;  // the drift file could not be written
};

// kInvalidArgument: a base URL cannot be used.
Result<Outcome> Run(const Prepared& prepared, const RunOptions& options,
                    const Surroundings& surroundings);

}  // namespace kondor::live
