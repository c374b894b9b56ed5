// One sandbox's developer-portal service: who may call Qondor and with which keys. What the gateway
// asks at every call, and what support, a signed-in user and Azure's clients change (Q1, Q4-Q6, G9,
// G12, ARM1-ARM5). Every change is told in the journal, never with a key in it.
//
// Thread-safe. Lock order: this directory's, then the journal's; so the journal has the changes in
// the order in which they were made.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "mock_server/journal/journal.h"
#include "mock_server/qondor/directory/directory_seed.h"
#include "mock_server/qondor/directory/entities.h"
#include "mock_server/qondor/directory/subscription_store.h"

namespace kondor::qondor {

// What a key is worth in an environment. To the caller all but kGood look the same (G2).
enum class KeyCheck {
  kGood,
  kUnknown,       // nobody's
  kNotYet,        // regenerated, but still spreading (QO5)
  kRetired,       // it was regenerated away
  kOutOfScope,    // of a product that does not open this environment
  kNotActive,     // of a subscription in another state (G9)
  kOwnerBlocked,  // of a user who is blocked
};

struct CheckedKey {
  KeyCheck check = KeyCheck::kUnknown;
  // Of a key that is somebody's:
  std::string subscription;
  KeyName name = KeyName::kPrimary;
  std::uint32_t serial = 0;
  TimePoint start;  // the day quota counts from here
  // What there is to tell of a key that is not good; never the key.
  std::shared_ptr<const Grounds> grounds;
};

// Who changes something, and when.
struct Edit {
  std::string_view by;  // "control", "arm": told in the journal
  TimePoint now;
  // Set: only if the thing still is as it was at that version; else kStale.
  std::optional<std::uint64_t> only_version = std::nullopt;
};

// Fields left out stay as they are.
struct UserChange {
  std::optional<std::string> first_name, last_name, email, note;
  std::optional<UserState> state;
};

struct SubscriptionChange {
  std::optional<std::string> user, product, name, state_comment, expiration;
  std::optional<SubscriptionState> state;
  std::optional<bool> allow_tracing;
  std::optional<std::string> primary_key,
      secondary_key;  // G9's shape; spread like regenerated ones
};

class Directory {
 public:
  static constexpr std::size_t kUsersMax = 10'000;
  static constexpr std::size_t kSubscriptionsMax = 100'000;

  // Keys that the seed leaves open are made now, once: a reset brings the same ones back. `start`
  // is when the sandbox starts. The journal must outlive this.
  Directory(std::shared_ptr<const DirectorySeed> seed, TimePoint start, Journal& journal);

  // Back to the seed with the same keys.
  void Reset(TimePoint start);

  // --- the gateway
  CheckedKey Check(std::string_view key, Environment environment, TimePoint now);

  // --- users. Errors: kNotFound, kAlreadyExists (id or e-mail, in whichever case), kStale. An
  // error's `field` is named as in the structs here: "id", "email", "user", "primary_key".
  std::vector<User> Users() const;
  std::optional<User> FindUser(std::string_view id) const;
  Result<User> AddUser(User user, const Edit& edit);  // an empty id gets one made
  Result<User> ChangeUser(std::string_view id, const UserChange& change, const Edit& edit);
  // With all its subscriptions, so their keys are dead at once.
  Result<void> RemoveUser(std::string_view id, const Edit& edit);

  // --- subscriptions: the same errors; kInvalidArgument for a user, product or key that cannot be
  std::vector<Subscription> Subscriptions(TimePoint now) const;
  std::optional<Subscription> FindSubscription(std::string_view id, TimePoint now) const;
  // Of `wanted`: id (empty: one is made), user, product, name, state, state_comment, expiration,
  // allow_tracing, and keys (empty: made at random).
  Result<Subscription> Grant(Subscription wanted, const Edit& edit);
  // `spread`: how long changed keys take to work (QO5).
  Result<Subscription> ChangeSubscription(std::string_view id, const SubscriptionChange& change,
                                          Duration spread, const Edit& edit);
  // The other key is untouched; the old one works until `spread` from now.
  Result<Subscription> Regenerate(std::string_view id, KeyName name, Duration spread,
                                  const Edit& edit);
  Result<void> RemoveSubscription(std::string_view id, const Edit& edit);

  // --- constant
  const std::vector<Product>& products() const { return seed_->products; }
  const Product* FindProduct(std::string_view id) const;

 private:
  using Kept = SubscriptionStore::Kept;
  struct KeyPair {
    std::string primary, secondary;
  };

  std::shared_ptr<const Grounds> GroundsOf(const CheckedKey& checked, std::string_view key,
                                           Environment environment, Kept& kept)
      KONDOR_REQUIRES(mutex_);
  User* FindLocked(std::string_view id) KONDOR_REQUIRES(mutex_);
  bool EmailTaken(std::string_view email, std::string_view except) const KONDOR_REQUIRES(mutex_);
  Result<Kept*> FindToEdit(std::string_view id, const Edit& edit) KONDOR_REQUIRES(mutex_);
  Result<void> CheckLinks(const std::string& user, const std::string& product)
      KONDOR_REQUIRES(mutex_);
  Result<void> CheckNewKey(std::string_view field, const std::string& key,
                           const std::string& current) KONDOR_REQUIRES(mutex_);
  void SetState(Kept& kept, SubscriptionState state, TimePoint now) KONDOR_REQUIRES(mutex_);
  void RemoveLocked(Kept& kept, const Edit& edit) KONDOR_REQUIRES(mutex_);
  std::uint64_t NextVersion() KONDOR_REQUIRES(mutex_) { return ++last_version_; }

  const std::shared_ptr<const DirectorySeed> seed_;
  std::vector<KeyPair> seed_keys_;  // of the seed's subscriptions; constant once constructed
  Journal& journal_;

  mutable Mutex mutex_;
  std::vector<User> users_ KONDOR_GUARDED_BY(mutex_);
  mutable SubscriptionStore subscriptions_ KONDOR_GUARDED_BY(mutex_);  // reading settles keys
  std::uint64_t last_version_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::uint64_t last_made_id_ KONDOR_GUARDED_BY(mutex_) = 0;
};

}  // namespace kondor::qondor
