#include "client/kondado/dialect.h"

#include <array>
#include <utility>

#include "client/credentials/conceal.h"
#include "client/kondado/read.h"

namespace kondor::client {

KondadoDialect::KondadoDialect(KondadoCredentials credentials)
    : credentials_(std::move(credentials)) {
  KnowSecrets();
}

void KondadoDialect::Swap(KondadoCredentials credentials) {
  const MutexLock lock(mutex_);
  credentials_ = std::move(credentials);
  KnowSecrets();
  ++generation_;
}

void KondadoDialect::KnowSecrets() {
  secrets_.Add(credentials_.token);
  // K2: it only names. But who has it need not guess that half.
  if (IsNoOrdinaryWord(credentials_.key)) secrets_.Add(credentials_.key);
}

CredentialsUsed KondadoDialect::Prepare(Request& request) {
  const MutexLock lock(mutex_);
  request.query.push_back({"key", credentials_.key});
  request.query.push_back({"token", credentials_.token});
  return generation_;
}

std::optional<Refusal> KondadoDialect::Read(const Response& response) const {
  return ReadKondado(response);
}

std::optional<std::string> KondadoDialect::UseOthers(CredentialsUsed refused) {
  const MutexLock lock(mutex_);
  if (refused == generation_) return {};
  return "the token was swapped meanwhile: the new one is used";
}

std::string KondadoDialect::Conceal(std::string_view text) const {
  const MutexLock lock(mutex_);
  return secrets_.Conceal(text);
}

CredentialsUsed ViaKondadoDialect::Prepare(Request& request) {
  request.query.push_back({"token", token_});
  return 1;
}

std::optional<Refusal> ViaKondadoDialect::Read(const Response& response) const {
  return ReadKondado(response);
}

std::string ViaKondadoDialect::Conceal(std::string_view text) const {
  return client::Conceal(text, std::array{token_});
}

}  // namespace kondor::client
