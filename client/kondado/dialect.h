// Kondado's ways: credentials in the query, and refusals that come with status 200. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/mutex.h"
#include "client/call/dialect.h"
#include "client/credentials/credentials.h"
#include "client/credentials/known_secrets.h"

namespace kondor::client {

// For k2 and k1: key and token (K1, W1). Thread-safe.
class KondadoDialect final : public Dialect {
 public:
  explicit KondadoDialect(KondadoCredentials credentials);

  // From now on calls carry these. Those under way go on with the old ones; should they be refused
  // because those are dead by now, they are sent again with these (T5).
  void Swap(KondadoCredentials credentials);

  CredentialsUsed Prepare(Request& request) override;
  std::optional<Refusal> Read(const Response& response) const override;
  std::optional<std::string> UseOthers(CredentialsUsed refused) override;
  std::string Conceal(std::string_view text) const override;

 private:
  void KnowSecrets() KONDOR_REQUIRES(mutex_);

  mutable Mutex mutex_;
  KondadoCredentials credentials_ KONDOR_GUARDED_BY(mutex_);
  KnownSecrets secrets_ KONDOR_GUARDED_BY(mutex_);
  CredentialsUsed generation_ KONDOR_GUARDED_BY(mutex_) = 1;
};

// For hub: a Via Kondado token, which is another kind (H1). Thread-safe.
class ViaKondadoDialect final : public Dialect {
 public:
  explicit ViaKondadoDialect(std::string token) : token_(std::move(token)) {}

  CredentialsUsed Prepare(Request& request) override;
  std::optional<Refusal> Read(const Response& response) const override;
  std::optional<std::string> UseOthers(CredentialsUsed) override { return {}; }
  std::string Conceal(std::string_view text) const override;

 private:
  const std::string token_;
};

}  // namespace kondor::client
