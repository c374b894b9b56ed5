#include "client/budget/redis_budget.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <utility>

#include "client/budget/pacing_budget.h"
#include "client/budget/redis_log.h"
#include "client/budget/shared_budget.h"

namespace kondor::limiter {
namespace {

// A look is a round trip, and keeps one's place in line.
constexpr Polling kRedisPolling{std::chrono::milliseconds(1), std::chrono::milliseconds(50)};

Result<std::string> ReadPassword(const std::string& path) {
  if (path.empty()) {
    const char* const password = std::getenv("KONDOR_REDIS_PASSWORD");
    return std::string(password == nullptr ? "" : password);
  }
  struct stat about {};
  std::ifstream file(path);
  std::string password;
  if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode) || !file ||
      !std::getline(file, password)) {
    return Unexpected(ErrorKind::kInvalidArgument, "cannot read a password from " + path);
  }
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "others than its owner may read " + path + "; chmod 600 it");
  }
  return password;
}

bool IsName(std::string_view name) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
  return !name.empty() && name.size() <= 100 &&
         name.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

Result<std::unique_ptr<Budget>> OpenRedisBudget(const RedisBudgetOptions& options,
                                                const Clock& clock, Sleeper& sleeper) {
  const Result<RedisAddress> address = ParseRedisAddress(options.address);
  if (!address) return Unexpected(address.error());
  Result<std::string> password = ReadPassword(options.password_file);
  if (!password) return Unexpected(password.error());
  if (!IsName(options.name)) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a budget's name is up to 100 letters, digits, dots, dashes, underscores");
  }
  if (options.workers == 0 || options.call_lease <= Duration::zero() ||
      options.wait_lease <= Duration::zero() || options.patience <= Duration::zero()) {
    return Unexpected(ErrorKind::kInvalidArgument, "workers, leases and patience are above zero");
  }
  auto log = std::make_unique<RedisLog>(RedisLog::Options{.address = *address,
                                                          .password = std::move(*password),
                                                          .name = options.name,
                                                          .terms = options.terms,
                                                          .patience = options.patience,
                                                          .call_lease = options.call_lease,
                                                          .wait_lease = options.wait_lease,
                                                          .clock = &clock});
  const bool paces = options.lost == RedisBudgetOptions::Lost::kPace;
  if (const Result<void> looked = log->Look(); !looked) {
    if (!paces || looked.error().kind != ErrorKind::kUnavailable) {
      return Unexpected(looked.error());
    }
  }
  auto shared = std::make_unique<SharedBudget>(std::move(log), kRedisPolling, clock, sleeper,
                                               options.on_wait);
  if (!paces) return std::unique_ptr<Budget>(std::move(shared));
  return std::unique_ptr<Budget>(std::make_unique<PacingBudget>(
      std::move(shared), options.terms, options.workers, clock, sleeper, options.on_wait));
}

}  // namespace kondor::limiter
