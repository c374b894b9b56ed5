// The budget that --budget names. Thread-safe: a pure function.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/sleeper.h"
#include "client/command/options.h"
#include "client/limiter/budget.h"
#include "client/limiter/waiting.h"

namespace kondor::client::command {

// `clock` and `sleeper` must outlive it.
Result<std::unique_ptr<limiter::Budget>> OpenBudget(const Options& options,
                                                    const std::string& vendor,
                                                    const std::vector<limiter::Quota>& quotas,
                                                    const Clock& clock, Sleeper& sleeper,
                                                    const limiter::OnWait& on_wait);

}  // namespace kondor::client::command
