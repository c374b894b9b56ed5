// A directory's subscriptions with their keys, found by id and by key (G2, G9, QO5). Not
// thread-safe: Directory guards it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mock_server/qondor/directory/entities.h"
#include "mock_server/qondor/directory/rotating_key.h"

namespace kondor::qondor {

class SubscriptionStore {
 public:
  // A subscription as it is kept; the keys are not in `about`.
  struct Kept {
    Subscription about;
    RotatingKey primary, secondary;
    EnvironmentSet environments;  // its product's
    bool owner_blocked = false;

    RotatingKey& key(KeyName name) { return name == KeyName::kPrimary ? primary : secondary; }
  };
  // Whose key it is, and what it is worth.
  struct Found {
    Kept* kept = nullptr;  // null: nobody's
    KeyName name = KeyName::kPrimary;
    RotatingKey::Standing standing = RotatingKey::Standing::kUnknown;
  };

  // Whose key it was while its subscription was there.
  struct Removed {
    std::string_view subscription;  // valid until the store changes
    KeyName name = KeyName::kPrimary;
    TimePoint at;
  };
  // So many removed subscriptions are remembered, to tell their keys from a stranger's.
  static constexpr std::size_t kRemovedKept = 64;

  // `about.serial` is given here. REQUIRES: nobody has the id, nor either of the keys.
  Kept& Add(Subscription about, EnvironmentSet environments, std::string primary,
            std::string secondary);
  // In constant time, however many keys there are.
  Found FindByKey(std::string_view key, TimePoint now);
  bool KnowsKey(std::string_view key) const { return by_key_.contains(key); }
  Kept* Find(std::string_view id);  // null: there is none
  // From `at` on, `key` works in place of the one of that name. REQUIRES: !KnowsKey(key).
  void ReplaceKey(Kept& kept, KeyName name, std::string key, TimePoint at, TimePoint now);
  // Its keys die with it. REQUIRES: it is one of this store's.
  void Remove(Kept& kept, TimePoint now);
  // Of the latest that had it. A key that nobody has may be granted again: look for that first.
  std::optional<Removed> FindRemoved(std::string_view key) const;

  // With its keys, as of `now`.
  Subscription View(Kept& kept, TimePoint now);
  // In the order in which they were added.
  std::vector<Kept*> All();
  std::size_t size() const { return by_id_.size(); }

 private:
  struct KeyRef {
    std::uint32_t serial;
    KeyName name;
  };

  // So that a text is looked up without being copied.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  template <typename Value>
  using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

  struct Grave {
    std::string subscription;
    std::vector<std::string> primary, secondary;
    TimePoint at;
  };

  void Settle(Kept& kept, TimePoint now);
  void Forget(const std::vector<std::string>& keys);

  std::vector<std::unique_ptr<Kept>> by_serial_;  // null: removed
  ByText<std::uint32_t> by_id_;
  ByText<KeyRef> by_key_;
  std::vector<Grave> graves_;  // oldest first
};

}  // namespace kondor::qondor
