// From what a program was told to what a client is made of:
//
//   auto access = AccessFromEnvironment();
//   if (!access) ...
//   auto api = Kondado::Make(OptionsForKondado(*access));
//
// Whoever calls a mock must not reach a vendor by accident: where KONDADO_BASE_URL ends in /k2, as
// Kondor's does, k1 and hub are its neighbours; where it does not, and theirs are not said, they
// are refused. Thread-safe: pure functions.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "client/credentials/access.h"
#include "client/kondado/kondado.h"
#include "client/qondor/qondor.h"

namespace kondor::client {

KondadoOptions OptionsForKondado(const Access& access);
// kInvalidArgument: the base URL has to be said.
Result<KondadoWebhookOptions> OptionsForWebhook(const Access& access, std::int64_t pipeline_id);
Result<ViaKondadoOptions> OptionsForViaKondado(const Access& access);
// In the environment that the base URL ends in, "http://127.0.0.1:7070/qondor/Prod"; else in Test.
QondorOptions OptionsForQondor(const Access& access);

}  // namespace kondor::client
