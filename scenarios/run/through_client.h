// One call of a scenario made by the reference client, on the sandbox's clock and without a
// limiter.
#pragma once

#include <chrono>
#include <optional>

#include "scenarios/data/scenario.h"
#include "scenarios/run/session.h"
#include "scenarios/run/target.h"

namespace kondor::scenarios {

struct ClientOutcome {
  // {"value": ...}, or {"kind": "rate_limited", "code": "...", "wait_s": 60}; and in both cases
  // "tries" and, where it waited for another try, "waited_s".
  Json what;
  std::string message;         // of a failure
  std::optional<Reply> reply;  // what came last over the wire; none when nothing did
  std::chrono::milliseconds waited{0};
};

// REQUIRES: a call to k2, k1, the hub or Qondor.
ClientOutcome CallThroughClient(const CallStep& step, Session& session, const Target& target);

// "rate_limited"; the words in which a scenario tells the kinds of failure apart.
std::string_view WordOf(ErrorKind kind);

}  // namespace kondor::scenarios
