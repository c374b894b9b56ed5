// What a key is worth, and what there is to tell of one that is not good (G2, G9, QO5).
#include <utility>

#include "mock_server/qondor/directory/directory.h"

namespace kondor::qondor {
namespace {

KeyCheck CheckOf(RotatingKey::Standing standing) {
  switch (standing) {
    case RotatingKey::Standing::kWorks:
      return KeyCheck::kGood;
    case RotatingKey::Standing::kNotYet:
      return KeyCheck::kNotYet;
    case RotatingKey::Standing::kRetired:
      return KeyCheck::kRetired;
    case RotatingKey::Standing::kUnknown:
      break;
  }
  return KeyCheck::kUnknown;
}

std::shared_ptr<const Grounds> GroundsOfRemoved(const SubscriptionStore::Removed& removed) {
  Grounds grounds;
  grounds.which = "REMOVED";
  grounds.state = ToText(removed.name);
  grounds.about = removed.subscription;
  grounds.at = removed.at;
  return std::make_shared<Grounds>(std::move(grounds));
}

}  // namespace

CheckedKey Directory::Check(std::string_view key, Environment environment, TimePoint now) {
  const MutexLock lock(mutex_);
  const SubscriptionStore::Found found = subscriptions_.FindByKey(key, now);
  CheckedKey checked;
  if (found.kept == nullptr) {
    if (const auto removed = subscriptions_.FindRemoved(key)) {
      checked.grounds = GroundsOfRemoved(*removed);
    }
    return checked;
  }
  Kept& kept = *found.kept;
  checked.check = CheckOf(found.standing);
  checked.subscription = kept.about.id;
  checked.name = found.name;
  checked.serial = kept.about.serial;
  checked.start = kept.about.start.value_or(kept.about.created);
  if (checked.check == KeyCheck::kGood) {
    if (!kept.environments.Has(environment)) {
      checked.check = KeyCheck::kOutOfScope;
    } else if (kept.about.state != SubscriptionState::kActive) {
      checked.check = KeyCheck::kNotActive;
    } else if (kept.owner_blocked) {
      checked.check = KeyCheck::kOwnerBlocked;
    } else {
      return checked;
    }
  }
  checked.grounds = GroundsOf(checked, key, environment, kept);
  return checked;
}

std::shared_ptr<const Grounds> Directory::GroundsOf(const CheckedKey& checked, std::string_view key,
                                                    Environment environment, Kept& kept) {
  Grounds grounds;
  grounds.where = ToText(environment);
  grounds.state = ToText(kept.about.state);
  switch (checked.check) {
    case KeyCheck::kOutOfScope:
      grounds.about = FindProduct(kept.about.product)->name + " (" + kept.about.product + ")";
      for (const Environment open : kEnvironments) {
        if (!kept.environments.Has(open)) continue;
        grounds.instead.append(grounds.instead.empty() ? "" : ", ").append(ToText(open));
      }
      break;
    case KeyCheck::kOwnerBlocked:
      grounds.about = kept.about.user;
      break;
    default:
      grounds.at = kept.key(checked.name).TurnOf(key);
  }
  return std::make_shared<Grounds>(std::move(grounds));
}

}  // namespace kondor::qondor
