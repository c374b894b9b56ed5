// A budget that machines share through a Redis (docs/BUDGETS.md). Time is the server's.
// Thread-safe: a pure function. What it returns is too.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/sleeper.h"
#include "client/budget/terms.h"
#include "client/limiter/budget.h"
#include "client/limiter/waiting.h"

namespace kondor::limiter {

struct RedisBudgetOptions {
  // redis://HOST[:PORT][/DB], unix:/PATH[?db=DB], or the path of its socket alone. A password comes
  // from `password_file`, which only its owner may read; if that is empty, from the environment
  // (KONDOR_REDIS_PASSWORD), if it is there.
  std::string address;
  std::string password_file = {};
  // Of the budget: what shares a limit shares a name. Up to 100 letters, digits, dots, dashes and
  // underscores.
  std::string name;
  Terms terms;
  // While Redis cannot be reached.
  enum class Lost {
    kStop,  // Enter says kUnavailable
    kPace,  // alone and slowly: so that `workers` of them keep within the longest quota
  } lost = Lost::kStop;
  std::uint32_t workers = 1;
  // No call takes longer; who is silent for longer is believed dead, and the call counted.
  Duration call_lease = std::chrono::seconds(60);
  // Nobody in line is silent for longer (it asks at least every 50 ms); who is, is passed over.
  Duration wait_lease = std::chrono::seconds(5);
  // For connecting, and for each command.
  Duration patience = std::chrono::milliseconds(500);
  // Told of each call that has to wait, and why; may be empty.
  OnWait on_wait = {};
};

// `clock` and `sleeper` are those of the deadlines; they must outlive the budget and be of the same
// time. Each process opens it for itself, after any fork.
// kInvalidArgument: an option is wrong, the password is not taken, or others use the name on other
// terms. kUnavailable: Redis cannot be reached, and `lost` says to stop.
Result<std::unique_ptr<Budget>> OpenRedisBudget(const RedisBudgetOptions& options,
                                                const Clock& clock, Sleeper& sleeper);

}  // namespace kondor::limiter
