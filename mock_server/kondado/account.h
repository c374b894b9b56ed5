// One sandbox's Kondado account: users, tokens, pipelines, models, collections, tables, and what
// was done to them. Knows no HTTP and no limits; time is passed in, and progress is computed from
// it. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "mock_server/kondado/permission.h"
#include "mock_server/kondado/seed.h"
#include "mock_server/kondado/tokens.h"

namespace kondor::kondado {

// Whose call it is, as far as its credentials tell.
struct Caller {
  TokenCheck check = TokenCheck::kUnknown;
  ledger::KeyIdentity serial{};
  PermissionSet permissions;
};

enum class RunResult { kQueued, kUnknown, kDisabled, kBlocked, kBusy };  // KO7

struct Guest {
  std::int64_t client_id = 0;
  std::string recipient_email;
  std::int64_t parent_collection_id = 0;
  std::string direction;
  std::string assigned_collection_name;
};

class Account {
 public:
  // Credentials that the seed leaves open are made now, once: a reset brings the same ones back.
  Account(std::shared_ptr<const Seed> seed, TimePoint now);

  // Each with its secret, in the seed's order: for the answer that created the account.
  const std::vector<NewToken>& created() const { return created_; }
  // Drops those secrets once the answer is given.
  void ForgetSecrets() { created_.clear(); }

  // Back to the seed, with the same credentials. Tokens made since are gone.
  void Reset();

  // --- what the vendor's API does
  Caller CheckUser(std::string_view key, std::string_view secret) const;
  Caller CheckViaKondado(std::string_view secret) const;
  // The pipeline as it stands at `now`: a run goes scheduled > running > active.
  std::optional<Pipeline> FindPipeline(std::int64_t id, TimePoint now) const;
  RunResult RunPipeline(std::int64_t id, TimePoint now);
  std::optional<Model> FindModel(std::int64_t id) const;
  // The path of the access link of a new guest; nothing when the collection or direction is
  // unknown.
  std::optional<std::string> CreateGuest(const Guest& guest);
  const std::vector<ParentCollection>& parent_collections() const {
    return seed_->parent_collections;
  }
  const std::vector<Table>& tables() const { return seed_->tables; }

  // --- what people do on the vendor's pages, here through the control API
  std::vector<Token> Tokens() const;
  std::optional<Token> FindToken(std::string_view key) const;
  std::vector<User> Users() const { return seed_->users; }
  bool HasUser(std::int64_t id) const;
  NewToken CreateToken(const SeedToken& wanted, TimePoint now);  // REQUIRES: HasUser(user_id)
  std::optional<Token> SetTokenActive(std::string_view key, bool active);
  std::optional<NewToken> ChangeTokenSecret(std::string_view key);
  std::vector<Pipeline> Pipelines(TimePoint now) const;
  void PutPipeline(const Pipeline& pipeline);
  std::vector<Model> Models() const;
  void PutModel(const Model& model);
  std::int64_t guests() const;

 private:
  Caller CallerOf(const CheckedToken& checked) const KONDOR_REQUIRES(mutex_);

  const std::shared_ptr<const Seed> seed_;
  std::vector<NewToken> created_;  // written in the constructor and by ForgetSecrets only
  TokenStore initial_tokens_;      // constant after construction

  mutable Mutex mutex_;
  TokenStore tokens_ KONDOR_GUARDED_BY(mutex_);
  std::vector<Pipeline> pipelines_ KONDOR_GUARDED_BY(mutex_);  // sorted by id
  std::vector<Model> models_ KONDOR_GUARDED_BY(mutex_);        // sorted by id
  std::int64_t guests_ KONDOR_GUARDED_BY(mutex_) = 0;
};

}  // namespace kondor::kondado
