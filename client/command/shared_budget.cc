#include "client/command/shared_budget.h"

#include <algorithm>

#include "client/budget/file_budget.h"
#include "client/budget/redis_budget.h"
#include "client/limiter/named_strategies.h"

namespace kondor::client::command {
namespace {

// All who share it have to make the same strategy: dice are thrown alike, and a callback only
// listens.
limiter::Terms TermsOf(const std::string& strategy, const std::vector<limiter::Quota>& quotas,
                       const WhatItTells& tells) {
  constexpr std::uint64_t kSeedOfAll = 1;
  if (strategy == "default") {
    // By the word that programs with MakeLearning use, so that they can share with us.
    return limiter::MakeTerms("learning", quotas, [quotas, on_lesson = tells.on_lesson] {
      return limiter::MakeLearning({.quotas = quotas, .on_lesson = on_lesson});
    });
  }
  const auto& all = limiter::NamedStrategies();
  const auto it = std::ranges::find(all, strategy, &limiter::NamedStrategy::name);
  return limiter::MakeTerms(strategy, quotas,
                            [make = it->make, quotas] { return make(quotas, kSeedOfAll); });
}

}  // namespace

Result<std::unique_ptr<limiter::Budget>> OpenBudget(const Options& options,
                                                    const std::string& vendor,
                                                    const std::vector<limiter::Quota>& quotas,
                                                    const Clock& clock, Sleeper& sleeper,
                                                    const WhatItTells& tells) {
  const limiter::Terms terms = TermsOf(options.strategy, quotas, tells);
  if (!IsRedis(options.budget)) {
    return limiter::OpenFileBudget(
        {.path = options.budget, .terms = terms, .on_wait = tells.on_wait}, clock, sleeper);
  }
  limiter::RedisBudgetOptions redis;
  redis.address = options.budget;
  redis.name = options.budget_name.empty() ? vendor : options.budget_name;
  redis.terms = terms;
  redis.on_wait = tells.on_wait;
  if (options.if_budget_lost == Options::IfBudgetLost::kPace) {
    redis.lost = limiter::RedisBudgetOptions::Lost::kPace;
    redis.workers = options.budget_workers;
  }
  // Whoever is silent for longer than a try may take is dead.
  redis.call_lease = std::max(redis.call_lease, options.try_timeout + std::chrono::seconds(10));
  return limiter::OpenRedisBudget(redis, clock, sleeper);
}

}  // namespace kondor::client::command
