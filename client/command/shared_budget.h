// The budget that --budget names. Thread-safe: a pure function.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/sleeper.h"
#include "client/command/options.h"
#include "client/limiter/budget.h"
#include "client/limiter/learning.h"
#include "client/limiter/waiting.h"

namespace kondor::client::command {

// Both may be empty.
struct WhatItTells {
  limiter::OnWait on_wait;
  // Also of what others learnt, as soon as we hear of it, and maybe more than once: whoever shares
  // a budget plays again what happened.
  std::function<void(const limiter::Lesson&)> on_lesson;
};

// `clock` and `sleeper` must outlive it.
Result<std::unique_ptr<limiter::Budget>> OpenBudget(const Options& options,
                                                    const std::string& vendor,
                                                    const std::vector<limiter::Quota>& quotas,
                                                    const Clock& clock, Sleeper& sleeper,
                                                    const WhatItTells& tells);

}  // namespace kondor::client::command
