#include "tests/client/budget/worker_budget.h"

#include "client/budget/file_budget.h"
#include "client/budget/redis_budget.h"
#include "client/limiter/windows.h"

namespace kondor::limiter {

Terms WorkerTerms(const std::string& where) {
  const Quota quota = where.ends_with("-one") ? kOneAtATime : kWorkerQuota;
  return MakeTerms("log", {quota}, [quota] { return MakeSlidingLog(quota, Stamp::kAtAnswer); });
}

Result<std::unique_ptr<Budget>> OpenWorkerBudget(std::string_view kind, const std::string& where,
                                                 const Clock& clock, Sleeper& sleeper) {
  if (kind == "file") return OpenFileBudget({where, WorkerTerms(where)}, clock, sleeper);
  return OpenRedisBudget({.address = where,
                          .name = "worker",
                          .terms = WorkerTerms(where),
                          .call_lease = std::chrono::milliseconds(500),
                          .wait_lease = std::chrono::milliseconds(500),
                          .patience = std::chrono::seconds(10)},
                         clock, sleeper);
}

}  // namespace kondor::limiter
