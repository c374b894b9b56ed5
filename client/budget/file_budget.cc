#include "client/budget/file_budget.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "client/budget/file_log.h"
#include "client/budget/shared_budget.h"

namespace kondor::limiter {
namespace {

// Waiting is cheap: a look costs a few microseconds.
constexpr Polling kFilePolling{std::chrono::microseconds(250), std::chrono::milliseconds(10)};

Result<std::uint64_t> ThisBoot() {
  const std::string path = "/proc/sys/kernel/random/boot_id";
  std::ifstream file(path);
  std::string id;
  if (!std::getline(file, id)) {
    return Unexpected(ErrorKind::kUnavailable, "cannot read " + path + ", which tells boots apart");
  }
  return Checksum(Bytes(id.begin(), id.end()));
}

}  // namespace

Result<std::unique_ptr<Budget>> OpenFileBudget(const FileBudgetOptions& options, const Clock& clock,
                                               Sleeper& sleeper) {
  static const MachineClock machine_clock;
  const Result<std::uint64_t> boot = ThisBoot();
  if (!boot) return Unexpected(boot.error());
  Result<std::unique_ptr<FileLog>> log = FileLog::Open(
      {.path = options.path, .terms = options.terms, .clock = &machine_clock, .boot = *boot});
  if (!log) return Unexpected(log.error());
  return std::unique_ptr<Budget>(std::make_unique<SharedBudget>(std::move(*log), kFilePolling,
                                                                clock, sleeper, options.on_wait));
}

}  // namespace kondor::limiter
