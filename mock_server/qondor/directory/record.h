// What the journal is told of a change to the directory: who, what and when; never a key.
// Thread-safe: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "mock_server/journal/entry.h"
#include "mock_server/qondor/directory/directory.h"

namespace kondor::qondor {

// "user_added", "user_removed"; a literal.
JournalEntry UserRecord(std::string_view event, const User& user, const Edit& edit);
// "user_changed", with the names of the fields that did
JournalEntry UserChangeRecord(const User& after, const std::vector<std::string_view>& changed,
                              const Edit& edit);
// "subscription_granted"
JournalEntry GrantRecord(const Subscription& subscription, const Edit& edit);
// "subscription_changed", with the names of the fields that did and its state before and after
JournalEntry ChangeRecord(const Subscription& before, const Subscription& after,
                          const std::vector<std::string_view>& changed, const Edit& edit);
// "subscription_removed"
JournalEntry RemovalRecord(const Subscription& subscription, const Edit& edit);
// "key_regenerated", "key_set"; a literal. `from` is when the new key begins to work.
JournalEntry KeyRecord(std::string_view event, const Subscription& subscription, KeyName name,
                       TimePoint from, const Edit& edit);

}  // namespace kondor::qondor
