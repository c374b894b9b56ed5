// The budget that budget_worker and the tests that kill it share. Thread-safe: pure functions.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/sleeper.h"
#include "client/budget/terms.h"
#include "client/limiter/budget.h"

namespace kondor::limiter {

inline constexpr Quota kWorkerQuota{40, std::chrono::milliseconds(10)};
// One at a time: who holds keeps everybody else out.
inline constexpr Quota kOneAtATime{1, std::chrono::microseconds(100)};

Terms WorkerTerms(const std::string& where);
// Of a place whose name ends in "-one" the quota is kOneAtATime.
Result<std::unique_ptr<Budget>> OpenWorkerBudget(std::string_view kind, const std::string& where,
                                                 const Clock& clock, Sleeper& sleeper);

}  // namespace kondor::limiter
