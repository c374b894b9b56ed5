// Which method of the reference client makes a scenario's call, and what it reads out of the
// answer. Thread-safe: a pure function, but for the call it makes.
#pragma once

#include <string>

#include "base/result.h"
#include "client/call/caller.h"
#include "client/call/endpoint.h"
#include "scenarios/data/scenario.h"

namespace kondor::scenarios {

struct ClientSetup {
  std::string key, token;  // Kondado's; of Qondor and the hub the secret alone, as `token`
  client::EndpointOptions endpoint;
  client::CallOptions options;
};

// The typed method where there is one, else the client's own `Call`. Its value as JSON, under the
// client's names: {"id": 2040, "status": "active", ...}; null for a call that answers nothing.
// REQUIRES: no ${names} are left in `call`, and its surface is k2, k1, hub or qondor.
Result<Json> CallTyped(const Call& call, ClientSetup setup);

}  // namespace kondor::scenarios
