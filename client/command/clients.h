// The vendors' clients as a command needs them: with the session's credentials, deadline and
// budget. Not thread-safe, like the session they get, which must outlive them.
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "client/command/session.h"

namespace kondor::client::command {

Result<std::unique_ptr<Kondado>> MakeKondado(Session& session);
Result<std::unique_ptr<KondadoWebhook>> MakeWebhook(Session& session, std::int64_t pipeline_id);
Result<std::unique_ptr<ViaKondado>> MakeViaKondado(Session& session);
Result<std::unique_ptr<Qondor>> MakeQondor(Session& session);

}  // namespace kondor::client::command
