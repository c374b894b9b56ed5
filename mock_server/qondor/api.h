// Qondor's two addresses: the gateway that applications call, and the management REST that support
// uses. The order of checks is written down in docs/VENDORS.md.
// Thread-safe: the functions keep no state of their own.
#pragma once

#include "base/clock.h"
#include "mock_server/qondor/gateway/meters.h"
#include "mock_server/qondor/tenant.h"
#include "mock_server/qondor/webhooks/webhooks.h"
#include "mock_server/sandbox/exchange.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::qondor {

// What a call is answered from; the parts outlive the call.
struct World {
  Tenant& tenant;
  Meters& meters;
  const QondorSettings& settings;
  const Clock& clock;
  Webhooks& webhooks;
};

// By the call's surface: one of the two below.
Answer AnswerCall(const Call& call, const World& world);

Answer AnswerGateway(const Call& call, const World& world);  // G1-G12
Answer AnswerArm(const Call& call, const World& world);      // ARM1-ARM5

}  // namespace kondor::qondor
