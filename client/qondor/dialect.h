// Qondor's ways: a subscription key in a header, and two of them (Q4, Q5, Q10). Thread-safe.
#pragma once

#include "base/mutex.h"
#include "client/call/dialect.h"
#include "client/credentials/credentials.h"
#include "client/credentials/known_secrets.h"

namespace kondor::client {

// Thread-safe.
class QondorDialect final : public Dialect {
 public:
  enum class Key { kPrimary, kSecondary };

  explicit QondorDialect(QondorCredentials credentials);

  // A rotation without a lost call (Q5): the primary key is regenerated, calls that are refused for
  // it go on with the secondary one; then this brings the new one, and calls go back to it.
  void SetKey(Key which, std::string key);
  // Calls carry that key from now on.
  void Use(Key which);
  Key in_use() const;

  CredentialsUsed Prepare(Request& request) override;
  std::optional<Refusal> Read(const Response& response) const override;
  // From the primary to the secondary key, once: back is only for Use to say.
  std::optional<std::string> UseOthers(CredentialsUsed refused) override;
  std::string Conceal(std::string_view text) const override;

 private:
  mutable Mutex mutex_;
  QondorCredentials keys_ KONDOR_GUARDED_BY(mutex_);
  KnownSecrets secrets_ KONDOR_GUARDED_BY(mutex_);
  Key in_use_ KONDOR_GUARDED_BY(mutex_) = Key::kPrimary;
  CredentialsUsed generation_ KONDOR_GUARDED_BY(mutex_) = 1;
};

}  // namespace kondor::client
