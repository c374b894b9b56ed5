#include "client/command/clients.h"

#include <utility>

#include "client/credentials/options.h"

namespace kondor::client::command {

Result<std::unique_ptr<Kondado>> MakeKondado(Session& session) {
  const auto shared = session.ShareBudget("kondado", KondadoQuotas());
  if (!shared) return Unexpected(shared.error());
  return Kondado::Make(session.Equip(OptionsForKondado(session.access())));
}

Result<std::unique_ptr<KondadoWebhook>> MakeWebhook(Session& session, std::int64_t pipeline_id) {
  auto options = OptionsForWebhook(session.access(), pipeline_id);
  if (!options) return Unexpected(options.error());
  return KondadoWebhook::Make(session.Equip(std::move(*options)));
}

Result<std::unique_ptr<ViaKondado>> MakeViaKondado(Session& session) {
  auto options = OptionsForViaKondado(session.access());
  if (!options) return Unexpected(options.error());
  return ViaKondado::Make(session.Equip(std::move(*options)));
}

Result<std::unique_ptr<Qondor>> MakeQondor(Session& session) {
  const auto shared = session.ShareBudget("qondor", QondorQuotas());
  if (!shared) return Unexpected(shared.error());
  QondorOptions options = OptionsForQondor(session.access());  // the URL may name an environment
  options.environment = session.options().environment.value_or(options.environment);
  return Qondor::Make(session.Equip(std::move(options)));
}

}  // namespace kondor::client::command
