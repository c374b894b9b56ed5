// A budget that the processes of one machine share through a file (docs/BUDGETS.md).
//
//   kondor::SystemClock clock;
//   kondor::SystemSleeper sleeper(clock);
//   const std::vector<Quota> quotas = {{1, 1s}, {20, 60s}};
//   auto budget = OpenFileBudget(
//       {.path = "/run/me/kondado.budget",
//        .terms = MakeTerms("learning", quotas, [quotas] { return MakeLearning({quotas}); })},
//       clock, sleeper);
//
// Thread-safe: a pure function. What it returns is too.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/sleeper.h"
#include "client/budget/terms.h"
#include "client/limiter/budget.h"
#include "client/limiter/waiting.h"

namespace kondor::limiter {

struct FileBudgetOptions {
  // On a file system of this machine; made if it is not there, in a directory that is.
  std::string path;
  Terms terms;
  // Told of each call that has to wait, and why; may be empty.
  OnWait on_wait = {};
};

// `clock` and `sleeper` are those of the deadlines; they must outlive the budget and be of the same
// time. Each process opens the file for itself, after any fork.
// kInvalidArgument: the file belongs to others with other terms, or is none. kUnavailable: it
// cannot be read or written, or is damaged; later also of Enter. Then no call is let through.
Result<std::unique_ptr<Budget>> OpenFileBudget(const FileBudgetOptions& options, const Clock& clock,
                                               Sleeper& sleeper);

}  // namespace kondor::limiter
