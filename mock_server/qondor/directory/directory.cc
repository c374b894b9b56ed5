#include "mock_server/qondor/directory/directory.h"

#include <algorithm>
#include <utility>

#include "mock_server/http/ascii.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/directory/changed_fields.h"
#include "mock_server/qondor/directory/record.h"
#include "mock_server/secrets/random.h"

namespace kondor::qondor {
namespace {

Unexpected Missing(std::string_view what, std::string_view id) {
  return Unexpected(ErrorKind::kNotFound, "there is no " + std::string(what) + " " + Shown(id));
}

Unexpected Wrong(std::string_view field, std::string message) {
  return Unexpected(Error{ErrorKind::kInvalidArgument, std::move(message), field});
}

Unexpected Taken(std::string_view field, std::string message) {
  return Unexpected(Error{ErrorKind::kAlreadyExists, std::move(message), field});
}

Unexpected EmailIsTaken() { return Taken("email", "another user has this e-mail address"); }

Unexpected KeysAreEqual() { return Wrong("secondary_key", "the two keys must differ"); }

bool IsStale(const Edit& edit, std::uint64_t version) {
  return edit.only_version && *edit.only_version != version;
}

Unexpected Stale() {
  return Unexpected(ErrorKind::kStale, "it has changed since that version; read it again");
}

}  // namespace

Directory::Directory(std::shared_ptr<const DirectorySeed> seed, TimePoint start, Journal& journal)
    : seed_(std::move(seed)), journal_(journal) {
  for (const SeedSubscription& subscription : seed_->subscriptions) {
    const auto or_new = [](const std::string& key) {
      return key.empty() ? secrets::NewSubscriptionKey() : key;
    };
    seed_keys_.push_back({or_new(subscription.primary_key), or_new(subscription.secondary_key)});
  }
  Reset(start);
}

void Directory::Reset(TimePoint start) {
  const MutexLock lock(mutex_);
  last_version_ = 0;
  last_made_id_ = 0;
  users_ = seed_->users;
  for (User& user : users_) {
    user.registered = start;
    user.version = NextVersion();
  }
  subscriptions_ = SubscriptionStore();
  for (std::size_t i = 0; i < seed_->subscriptions.size(); ++i) {
    const SeedSubscription& seed = seed_->subscriptions[i];
    Subscription about;
    about.id = seed.id;
    about.user = seed.user;
    about.product = seed.product;
    about.name = seed.name;
    about.created = start;
    about.version = NextVersion();
    Kept& kept = subscriptions_.Add(std::move(about), FindProduct(seed.product)->environments,
                                    seed_keys_[i].primary, seed_keys_[i].secondary);
    SetState(kept, seed.state, start);
    if (seed.start) kept.about.start = seed.start;
    const User* owner = FindLocked(seed.user);
    kept.owner_blocked = owner != nullptr && owner->state == UserState::kBlocked;
  }
}

std::vector<User> Directory::Users() const {
  const MutexLock lock(mutex_);
  return users_;
}

std::optional<User> Directory::FindUser(std::string_view id) const {
  const MutexLock lock(mutex_);
  const auto found =
      std::find_if(users_.begin(), users_.end(), [&](const User& user) { return user.id == id; });
  return found == users_.end() ? std::nullopt : std::optional(*found);
}

Result<User> Directory::AddUser(User user, const Edit& edit) {
  const MutexLock lock(mutex_);
  if (users_.size() >= kUsersMax) {
    return Unexpected(ErrorKind::kUnavailable,
                      "there are " + std::to_string(kUsersMax) + " users; remove some first");
  }
  if (FindLocked(user.id) != nullptr) return Taken("id", "there is a user " + user.id + " already");
  if (EmailTaken(user.email, user.id)) return EmailIsTaken();
  while (user.id.empty()) {  // after every refusal: one that is refused uses no id up
    std::string id = std::to_string(++last_made_id_);
    if (FindLocked(id) == nullptr) user.id = std::move(id);
  }
  user.registered = edit.now;
  user.version = NextVersion();
  users_.push_back(user);
  journal_.Append(UserRecord("user_added", user, edit));
  return user;
}

Result<User> Directory::ChangeUser(std::string_view id, const UserChange& change,
                                   const Edit& edit) {
  const MutexLock lock(mutex_);
  User* user = FindLocked(id);
  if (user == nullptr) return Missing("user", id);
  if (IsStale(edit, user->version)) return Stale();
  if (change.email && EmailTaken(*change.email, id)) return EmailIsTaken();
  ChangedFields changed;
  changed.Assign("first_name", change.first_name, user->first_name);
  changed.Assign("last_name", change.last_name, user->last_name);
  changed.Assign("email", change.email, user->email);
  changed.Assign("note", change.note, user->note);
  if (changed.Assign("state", change.state, user->state)) {
    for (Kept* kept : subscriptions_.All()) {
      if (kept->about.user == id) kept->owner_blocked = user->state == UserState::kBlocked;
    }
  }
  user->version = NextVersion();
  if (!changed.names().empty()) {
    journal_.Append(UserChangeRecord(*user, changed.names(), edit));
  }
  return *user;
}

Result<void> Directory::RemoveUser(std::string_view id, const Edit& edit) {
  const MutexLock lock(mutex_);
  User* user = FindLocked(id);
  if (user == nullptr) return Missing("user", id);
  if (IsStale(edit, user->version)) return Stale();
  for (Kept* kept : subscriptions_.All()) {
    if (kept->about.user == id) RemoveLocked(*kept, edit);
  }
  journal_.Append(UserRecord("user_removed", *user, edit));
  users_.erase(users_.begin() + (user - users_.data()));
  return {};
}

std::vector<Subscription> Directory::Subscriptions(TimePoint now) const {
  const MutexLock lock(mutex_);
  std::vector<Subscription> views;
  views.reserve(subscriptions_.size());
  for (Kept* kept : subscriptions_.All()) views.push_back(subscriptions_.View(*kept, now));
  return views;
}

std::optional<Subscription> Directory::FindSubscription(std::string_view id, TimePoint now) const {
  const MutexLock lock(mutex_);
  Kept* kept = subscriptions_.Find(id);
  return kept == nullptr ? std::nullopt : std::optional(subscriptions_.View(*kept, now));
}

Result<Subscription> Directory::Grant(Subscription wanted, const Edit& edit) {
  std::string primary = std::move(wanted.primary_key), secondary = std::move(wanted.secondary_key);
  // Made before the lock is taken: nobody has to wait for the system's randomness.
  if (wanted.id.empty()) wanted.id = secrets::NewUuid();
  const bool own_primary = !primary.empty(), own_secondary = !secondary.empty();
  if (!own_primary) primary = secrets::NewSubscriptionKey();
  if (!own_secondary) secondary = secrets::NewSubscriptionKey();

  const MutexLock lock(mutex_);
  if (subscriptions_.size() >= kSubscriptionsMax) {
    return Unexpected(ErrorKind::kUnavailable, "there are " + std::to_string(kSubscriptionsMax) +
                                                   " subscriptions; remove some first");
  }
  if (subscriptions_.Find(wanted.id) != nullptr) {
    return Taken("id", "there is a subscription " + wanted.id + " already");
  }
  if (Result<void> links = CheckLinks(wanted.user, wanted.product); !links) {
    return Unexpected(links.error());
  }
  for (const Result<void>& checked :
       {CheckNewKey("primary_key", primary, {}), CheckNewKey("secondary_key", secondary, {})}) {
    if (!checked) return Unexpected(checked.error());
  }
  if (primary == secondary) return KeysAreEqual();
  const SubscriptionState state = wanted.state;
  wanted.state = SubscriptionState::kSubmitted;
  wanted.created = edit.now;
  wanted.start.reset();
  wanted.end.reset();
  wanted.version = NextVersion();
  const EnvironmentSet environments = FindProduct(wanted.product)->environments;
  const User* owner = FindLocked(wanted.user);
  Kept& kept =
      subscriptions_.Add(std::move(wanted), environments, std::move(primary), std::move(secondary));
  kept.owner_blocked = owner != nullptr && owner->state == UserState::kBlocked;
  SetState(kept, state, edit.now);
  journal_.Append(GrantRecord(kept.about, edit));
  return subscriptions_.View(kept, edit.now);
}

Result<Subscription> Directory::ChangeSubscription(std::string_view id,
                                                   const SubscriptionChange& change,
                                                   Duration spread, const Edit& edit) {
  const MutexLock lock(mutex_);
  const Result<Kept*> found = FindToEdit(id, edit);
  if (!found) return Unexpected(found.error());
  Kept& kept = **found;
  const Subscription before = subscriptions_.View(kept, edit.now);
  const std::string user = change.user.value_or(before.user);
  const std::string product = change.product.value_or(before.product);
  const std::string primary = change.primary_key.value_or(before.primary_key);
  const std::string secondary = change.secondary_key.value_or(before.secondary_key);
  for (const Result<void>& checked :
       {CheckLinks(user, product), CheckNewKey("primary_key", primary, before.primary_key),
        CheckNewKey("secondary_key", secondary, before.secondary_key)}) {
    if (!checked) return Unexpected(checked.error());
  }
  if (primary == secondary) return KeysAreEqual();

  ChangedFields changed;
  changed.Assign("user", change.user, kept.about.user);
  changed.Assign("product", change.product, kept.about.product);
  kept.environments = FindProduct(product)->environments;
  const User* owner = FindLocked(user);
  kept.owner_blocked = owner != nullptr && owner->state == UserState::kBlocked;
  changed.Assign("name", change.name, kept.about.name);
  if (changed.Assign("state", change.state, kept.about.state)) {
    SetState(kept, kept.about.state, edit.now);
  }
  changed.Assign("state_comment", change.state_comment, kept.about.state_comment);
  changed.Assign("expiration", change.expiration, kept.about.expiration);
  changed.Assign("allow_tracing", change.allow_tracing, kept.about.allow_tracing);
  kept.about.version = NextVersion();
  if (!changed.names().empty()) {
    journal_.Append(ChangeRecord(before, kept.about, changed.names(), edit));
  }
  for (const auto& [name, key, old] :
       {std::tuple(KeyName::kPrimary, &primary, &before.primary_key),
        std::tuple(KeyName::kSecondary, &secondary, &before.secondary_key)}) {
    if (*key == *old) continue;
    subscriptions_.ReplaceKey(kept, name, *key, edit.now + spread, edit.now);
    journal_.Append(KeyRecord("key_set", kept.about, name, edit.now + spread, edit));
  }
  return subscriptions_.View(kept, edit.now);
}

Result<Subscription> Directory::Regenerate(std::string_view id, KeyName name, Duration spread,
                                           const Edit& edit) {
  std::string key = secrets::NewSubscriptionKey();  // before the lock: callers need not wait for it
  const MutexLock lock(mutex_);
  const Result<Kept*> found = FindToEdit(id, edit);
  if (!found) return Unexpected(found.error());
  Kept& kept = **found;
  subscriptions_.ReplaceKey(kept, name, std::move(key), edit.now + spread, edit.now);
  kept.about.version = NextVersion();
  journal_.Append(KeyRecord("key_regenerated", kept.about, name, edit.now + spread, edit));
  return subscriptions_.View(kept, edit.now);
}

Result<void> Directory::RemoveSubscription(std::string_view id, const Edit& edit) {
  const MutexLock lock(mutex_);
  const Result<Kept*> found = FindToEdit(id, edit);
  if (!found) return Unexpected(found.error());
  RemoveLocked(**found, edit);
  return {};
}

const Product* Directory::FindProduct(std::string_view id) const {
  for (const Product& product : seed_->products) {
    if (product.id == id) return &product;
  }
  return nullptr;
}

User* Directory::FindLocked(std::string_view id) {
  for (User& user : users_) {
    if (user.id == id) return &user;
  }
  return nullptr;
}

bool Directory::EmailTaken(std::string_view email, std::string_view except) const {
  return std::any_of(users_.begin(), users_.end(), [&](const User& user) {
    return user.id != except && http::EqualsIgnoreCase(user.email, email);
  });
}

Result<Directory::Kept*> Directory::FindToEdit(std::string_view id, const Edit& edit) {
  Kept* kept = subscriptions_.Find(id);
  if (kept == nullptr) return Missing("subscription", id);
  if (IsStale(edit, kept->about.version)) return Stale();
  return kept;
}

Result<void> Directory::CheckLinks(const std::string& user, const std::string& product) {
  if (!user.empty() && FindLocked(user) == nullptr) {
    return Wrong("user", "there is no user " + Shown(user));
  }
  if (FindProduct(product) == nullptr) {
    return Wrong("product", "there is no product " + Shown(product));
  }
  return {};
}

// Never with the key in the message.
Result<void> Directory::CheckNewKey(std::string_view field, const std::string& key,
                                    const std::string& current) {
  if (key == current) return {};
  if (!IsSubscriptionKey(key)) return Wrong(field, "expected " + std::string(kKeyWords));
  if (!subscriptions_.KnowsKey(key)) return {};
  return Wrong(field, "this key is, or was, in use; choose another");
}

void Directory::SetState(Kept& kept, SubscriptionState state, TimePoint now) {
  kept.about.state = state;
  if (state == SubscriptionState::kActive && !kept.about.start) kept.about.start = now;
  const bool over = state == SubscriptionState::kCancelled ||
                    state == SubscriptionState::kRejected || state == SubscriptionState::kExpired;
  if (!over) {
    kept.about.end.reset();
  } else if (!kept.about.end) {
    kept.about.end = now;
  }
}

void Directory::RemoveLocked(Kept& kept, const Edit& edit) {
  journal_.Append(RemovalRecord(kept.about, edit));
  subscriptions_.Remove(kept, edit.now);
}

}  // namespace kondor::qondor
