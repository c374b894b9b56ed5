#include "mock_server/qondor/directory/subscription_store.h"

#include <algorithm>
#include <utility>

namespace kondor::qondor {

SubscriptionStore::Kept& SubscriptionStore::Add(Subscription about, EnvironmentSet environments,
                                                std::string primary, std::string secondary) {
  about.serial = static_cast<std::uint32_t>(by_serial_.size());
  by_id_.emplace(about.id, about.serial);
  by_key_.emplace(primary, KeyRef{about.serial, KeyName::kPrimary});
  by_key_.emplace(secondary, KeyRef{about.serial, KeyName::kSecondary});
  by_serial_.push_back(
      std::make_unique<Kept>(Kept{std::move(about), RotatingKey(std::move(primary)),
                                  RotatingKey(std::move(secondary)), environments, false}));
  return *by_serial_.back();
}

SubscriptionStore::Found SubscriptionStore::FindByKey(std::string_view key, TimePoint now) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return {};
  const KeyRef ref = found->second;
  Kept& kept = *by_serial_[ref.serial];
  Settle(kept, now);
  return {&kept, ref.name, kept.key(ref.name).Of(key)};
}

SubscriptionStore::Kept* SubscriptionStore::Find(std::string_view id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : by_serial_[found->second].get();
}

void SubscriptionStore::ReplaceKey(Kept& kept, KeyName name, std::string key, TimePoint at,
                                   TimePoint now) {
  Settle(kept, now);
  by_key_.emplace(key, KeyRef{kept.about.serial, name});
  Forget(kept.key(name).Replace(std::move(key), at));
  Settle(kept, now);
}

void SubscriptionStore::Remove(Kept& kept, TimePoint now) {
  Grave grave{kept.about.id, kept.primary.All(), kept.secondary.All(), now};
  Forget(grave.primary);
  Forget(grave.secondary);
  if (graves_.size() == kRemovedKept) graves_.erase(graves_.begin());
  graves_.push_back(std::move(grave));
  by_id_.erase(kept.about.id);
  by_serial_[kept.about.serial].reset();
}

std::optional<SubscriptionStore::Removed> SubscriptionStore::FindRemoved(
    std::string_view key) const {
  const auto has = [key](const std::vector<std::string>& keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  for (auto grave = graves_.rbegin(); grave != graves_.rend(); ++grave) {
    if (has(grave->primary)) return Removed{grave->subscription, KeyName::kPrimary, grave->at};
    if (has(grave->secondary)) return Removed{grave->subscription, KeyName::kSecondary, grave->at};
  }
  return {};
}

Subscription SubscriptionStore::View(Kept& kept, TimePoint now) {
  Settle(kept, now);
  Subscription view = kept.about;
  view.primary_key = kept.primary.newest();
  view.secondary_key = kept.secondary.newest();
  view.primary_from = kept.primary.newest_from();
  view.secondary_from = kept.secondary.newest_from();
  return view;
}

std::vector<SubscriptionStore::Kept*> SubscriptionStore::All() {
  std::vector<Kept*> all;
  for (const std::unique_ptr<Kept>& kept : by_serial_) {
    if (kept != nullptr) all.push_back(kept.get());
  }
  return all;
}

void SubscriptionStore::Settle(Kept& kept, TimePoint now) {
  Forget(kept.primary.Settle(now));
  Forget(kept.secondary.Settle(now));
}

void SubscriptionStore::Forget(const std::vector<std::string>& keys) {
  for (const std::string& key : keys) by_key_.erase(key);
}

}  // namespace kondor::qondor
