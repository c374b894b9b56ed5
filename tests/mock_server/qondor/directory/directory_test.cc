// Who may call, and with which key: the directory alone.
#include "mock_server/qondor/directory/directory.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "tests/mock_server/new_year.h"

namespace kondor::qondor {
namespace {

using std::chrono::milliseconds;

class DirectoryTest : public testing::Test {
 protected:
  Edit At(int ms = 0) const { return {"test", kNewYear + milliseconds(ms)}; }
  KeyCheck Check(const std::string& key, Environment environment, int ms = 0) {
    return directory_.Check(key, environment, kNewYear + milliseconds(ms)).check;
  }
  Subscription Production(int ms = 0) {
    return directory_.FindSubscription("production", kNewYear + milliseconds(ms)).value();
  }
  Subscription Test() { return directory_.FindSubscription("test", kNewYear).value(); }

  Journal journal_{1 << 20};
  Directory directory_{DefaultDirectorySeed(), kNewYear, journal_};
};

TEST_F(DirectoryTest, MakesTheKeysThatTheSeedLeavesOpen) {  // G9
  std::set<std::string> keys;
  for (const Subscription& subscription : directory_.Subscriptions(kNewYear)) {
    keys.insert({subscription.primary_key, subscription.secondary_key});
  }
  EXPECT_EQ(keys.size(), 4U);
  for (const std::string& key : keys) EXPECT_TRUE(IsSubscriptionKey(key)) << key;
  EXPECT_TRUE(journal_.Read().entries.empty()) << "a seed is no change";
}

TEST_F(DirectoryTest, ChecksKeyScopeAndStateInThatOrder) {  // G2, Q4, G9
  const Subscription production = Production(), test = Test();
  using enum Environment;
  EXPECT_EQ(Check(production.primary_key, kProd), KeyCheck::kGood);
  EXPECT_EQ(Check(production.secondary_key, kProd), KeyCheck::kGood);
  EXPECT_EQ(Check(production.primary_key, kTest), KeyCheck::kOutOfScope);
  EXPECT_EQ(Check(production.primary_key, kDev), KeyCheck::kOutOfScope);
  EXPECT_EQ(Check(test.primary_key, kTest), KeyCheck::kGood);
  EXPECT_EQ(Check(test.secondary_key, kDev), KeyCheck::kGood);
  EXPECT_EQ(Check(test.primary_key, kProd), KeyCheck::kOutOfScope);
  EXPECT_EQ(Check("d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6", kProd), KeyCheck::kUnknown);
  EXPECT_EQ(Check("", kProd), KeyCheck::kUnknown);
  ASSERT_TRUE(directory_.ChangeSubscription("production", {.state = SubscriptionState::kSuspended},
                                            {}, At()));
  EXPECT_EQ(Check(production.primary_key, kProd), KeyCheck::kNotActive);
  EXPECT_EQ(Check(production.primary_key, kTest), KeyCheck::kOutOfScope);
}

TEST_F(DirectoryTest, TellsWhoseKeyItIs) {
  const Subscription test = Test();
  const CheckedKey checked = directory_.Check(test.secondary_key, Environment::kTest, kNewYear);
  EXPECT_EQ(checked.subscription, "test");
  EXPECT_EQ(checked.name, KeyName::kSecondary);
  EXPECT_EQ(checked.serial, test.serial);
  EXPECT_EQ(checked.start, kNewYear);
}

TEST_F(DirectoryTest, LetsOnlyActiveSubscriptionsThrough) {  // G9
  const std::string key = Production().primary_key;
  for (const auto state :
       {SubscriptionState::kSubmitted, SubscriptionState::kSuspended, SubscriptionState::kRejected,
        SubscriptionState::kCancelled, SubscriptionState::kExpired}) {
    ASSERT_TRUE(directory_.ChangeSubscription("production", {.state = state}, {}, At()));
    EXPECT_EQ(Check(key, Environment::kProd), KeyCheck::kNotActive) << ToText(state);
  }
  ASSERT_TRUE(
      directory_.ChangeSubscription("production", {.state = SubscriptionState::kActive}, {}, At()));
  EXPECT_EQ(Check(key, Environment::kProd), KeyCheck::kGood);
}

TEST_F(DirectoryTest, RegeneratesOneKeyAndLeavesAllOthersAlone) {  // Q5
  const Subscription before = Production(), test = Test();
  const auto after = directory_.Regenerate("production", KeyName::kPrimary, {}, At());
  ASSERT_TRUE(after);
  EXPECT_TRUE(IsSubscriptionKey(after->primary_key));
  EXPECT_NE(after->primary_key, before.primary_key);
  EXPECT_EQ(after->secondary_key, before.secondary_key);
  EXPECT_GT(after->version, before.version);
  EXPECT_EQ(Check(before.primary_key, Environment::kProd), KeyCheck::kRetired);
  EXPECT_EQ(Check(after->primary_key, Environment::kProd), KeyCheck::kGood);
  EXPECT_EQ(Check(before.secondary_key, Environment::kProd), KeyCheck::kGood);
  EXPECT_EQ(Check(test.primary_key, Environment::kTest), KeyCheck::kGood);
  EXPECT_FALSE(directory_.Regenerate("nobody", KeyName::kPrimary, {}, At()));
}

TEST_F(DirectoryTest, SpreadsANewKeyOnTheSandboxsClock) {  // QO5
  const Subscription before = Production();
  const auto after =
      directory_.Regenerate("production", KeyName::kSecondary, milliseconds(500), At());
  EXPECT_EQ(after->secondary_from, kNewYear + milliseconds(500));
  EXPECT_EQ(Check(before.secondary_key, Environment::kProd, 499), KeyCheck::kGood);
  EXPECT_EQ(Check(after->secondary_key, Environment::kProd, 499), KeyCheck::kNotYet);
  EXPECT_EQ(Check(before.secondary_key, Environment::kProd, 500), KeyCheck::kRetired);
  EXPECT_EQ(Check(after->secondary_key, Environment::kProd, 500), KeyCheck::kGood);
  EXPECT_EQ(Production(500).secondary_from, std::nullopt);
}

TEST_F(DirectoryTest, KillsTheKeysOfARemovedUser) {  // Q1, Q6
  const std::string key = Production().primary_key;
  ASSERT_TRUE(directory_.RemoveUser("1", At()));
  EXPECT_EQ(Check(key, Environment::kProd), KeyCheck::kUnknown);
  EXPECT_TRUE(directory_.Subscriptions(kNewYear).empty());
  EXPECT_EQ(directory_.Users().size(), 1U);
  EXPECT_EQ(directory_.RemoveUser("1", At()).error().kind, ErrorKind::kNotFound);
}

TEST_F(DirectoryTest, LetsNoCallOfABlockedUserThrough) {
  const std::string key = Production().primary_key;
  ASSERT_TRUE(directory_.ChangeUser("1", {.state = UserState::kBlocked}, At()));
  EXPECT_EQ(Check(key, Environment::kProd), KeyCheck::kOwnerBlocked);
  const auto granted = directory_.Grant({.user = "1", .product = "qondor-production"}, At());
  EXPECT_EQ(Check(granted->primary_key, Environment::kProd), KeyCheck::kOwnerBlocked);
  ASSERT_TRUE(directory_.ChangeSubscription("production", {.user = "2"}, {}, At()));
  EXPECT_EQ(Check(key, Environment::kProd), KeyCheck::kGood) << "it is somebody else's now";
  ASSERT_TRUE(directory_.ChangeUser("1", {.state = UserState::kActive}, At()));
  EXPECT_EQ(Check(granted->primary_key, Environment::kProd), KeyCheck::kGood);
}

TEST_F(DirectoryTest, GrantsToKnownUsersAndProductsOnly) {  // Q1, Q4
  const auto granted = directory_.Grant(
      {.id = "mine", .user = "2", .product = "qondor-test", .name = "Mine"}, At(7));
  ASSERT_TRUE(granted);
  EXPECT_EQ(granted->created, kNewYear + milliseconds(7));
  EXPECT_EQ(granted->start, kNewYear + milliseconds(7));
  EXPECT_EQ(Check(granted->primary_key, Environment::kDev), KeyCheck::kGood);
  EXPECT_EQ(
      directory_.Grant({.id = "mine", .user = "2", .product = "qondor-test"}, At()).error().kind,
      ErrorKind::kAlreadyExists);
  for (const Subscription& wrong :
       {Subscription{.user = "9", .product = "qondor-test"},
        Subscription{.user = "2", .product = "gold"},
        Subscription{.user = "2", .product = "qondor-test", .primary_key = "short"},
        Subscription{.user = "2", .product = "qondor-test", .primary_key = granted->primary_key},
        Subscription{.user = "2",
        .product = "qondor-test",
        .primary_key = "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6",
        .secondary_key = "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6"}}) {
    EXPECT_EQ(directory_.Grant(wrong, At()).error().kind, ErrorKind::kInvalidArgument);
  }
  EXPECT_EQ(directory_.Subscriptions(kNewYear).size(), 3U);
}

TEST_F(DirectoryTest, CountsFromWhenASubscriptionFirstBecameActive) {  // G7
  const auto granted = directory_.Grant(
      {.id = "late", .user = "1", .product = "qondor-test", .state = SubscriptionState::kSubmitted},
      At());
  EXPECT_EQ(granted->start, std::nullopt);
  const auto set = [&](SubscriptionState state, int ms) {
    return directory_.ChangeSubscription("late", {.state = state}, {}, At(ms)).value();
  };
  EXPECT_EQ(set(SubscriptionState::kActive, 10).start, kNewYear + milliseconds(10));
  EXPECT_EQ(set(SubscriptionState::kCancelled, 20).end, kNewYear + milliseconds(20));
  const Subscription again = set(SubscriptionState::kActive, 30);
  EXPECT_EQ(again.start, kNewYear + milliseconds(10));
  EXPECT_EQ(again.end, std::nullopt);
}

TEST_F(DirectoryTest, EditsOnlyTheVersionThatWasSeen) {
  const std::uint64_t seen = Production().version;
  Edit edit = At();
  edit.only_version = seen;
  ASSERT_TRUE(directory_.Regenerate("production", KeyName::kPrimary, {}, edit));
  EXPECT_EQ(directory_.Regenerate("production", KeyName::kPrimary, {}, edit).error().kind,
            ErrorKind::kStale);
  EXPECT_EQ(directory_.ChangeSubscription("production", {.name = "x"}, {}, edit).error().kind,
            ErrorKind::kStale);
  EXPECT_EQ(directory_.RemoveSubscription("production", edit).error().kind, ErrorKind::kStale);
  EXPECT_EQ(directory_.RemoveUser("1", edit).error().kind, ErrorKind::kStale);
}

TEST_F(DirectoryTest, KeepsUsersApart) {
  const auto added = directory_.AddUser({.email = "new@example.com"}, At());
  ASSERT_TRUE(added);
  EXPECT_EQ(added->id, "3");  // 1 and 2 are taken
  EXPECT_EQ(directory_.AddUser({.id = "1", .email = "x@example.com"}, At()).error().kind,
            ErrorKind::kAlreadyExists);
  EXPECT_EQ(directory_.AddUser({.email = "new@example.com"}, At()).error().kind,
            ErrorKind::kAlreadyExists);
  EXPECT_EQ(directory_.ChangeUser("3", {.email = "integration@example.com"}, At()).error().kind,
            ErrorKind::kAlreadyExists);
  EXPECT_EQ(directory_.AddUser({.email = "NEW@example.COM"}, At()).error().kind,
            ErrorKind::kAlreadyExists);
  EXPECT_TRUE(directory_.ChangeUser("3", {.email = "New@example.com"}, At())) << "its own";
  EXPECT_EQ(directory_.AddUser({.email = "next@example.com"}, At())->id, "4")
      << "a refused one uses no id up";
}

TEST_F(DirectoryTest, TellsTheJournalOfEveryChangeAndNeverAKey) {
  std::set<std::string> keys = {Production().primary_key, Production().secondary_key};
  keys.insert(directory_.Regenerate("production", KeyName::kPrimary, {}, At())->primary_key);
  const auto granted = directory_.Grant({.id = "g", .user = "2", .product = "qondor-test"}, At(1));
  keys.insert({granted->primary_key, granted->secondary_key});
  ASSERT_TRUE(directory_.ChangeSubscription(
      "g",
      {.state = SubscriptionState::kSuspended, .primary_key = "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6"},
      {}, At(2)));
  keys.insert("d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6");
  ASSERT_TRUE(directory_.AddUser({.id = "n", .email = "n@example.com"}, At(3)));
  ASSERT_TRUE(directory_.ChangeUser("n", {.note = "x"}, At(4)));
  ASSERT_TRUE(directory_.RemoveUser("2", At(5)));

  std::vector<std::string> events;
  for (const Journal::EntryPtr& entry : journal_.Read().entries) {
    events.emplace_back(entry->event);
    EXPECT_EQ(entry->outcome, Outcome::kEvent);
    EXPECT_NE(entry->body.find(R"("by":"test")"), std::string::npos) << entry->body;
    for (const std::string& key : keys) {
      EXPECT_EQ(entry->body.find(key), std::string::npos) << entry->body;
    }
  }
  EXPECT_EQ(events,
            (std::vector<std::string>{"key_regenerated", "subscription_granted",
                                      "subscription_changed", "key_set", "user_added",
                                      "user_changed", "subscription_removed", "user_removed"}));
  const JournalEntry& first = *journal_.Read().entries.front();
  EXPECT_EQ(first.path, "/subscriptions/production");
  EXPECT_EQ(first.subscription, "production");
  EXPECT_EQ(first.key, "primary");
}

TEST_F(DirectoryTest, TellsTheJournalWhichFieldsChanged) {
  const auto body = [this] { return journal_.Read().entries.back()->body; };
  ASSERT_TRUE(directory_.ChangeSubscription("production", {.name = "Renamed"}, {}, At()));
  EXPECT_NE(body().find(R"("changed":["name"])"), std::string::npos) << body();
  ASSERT_TRUE(directory_.ChangeSubscription("production",
                                            {.user = "2",
                                             .product = "qondor-test",
                                             .name = "Renamed",
                                             .state_comment = "x",
                                             .expiration = "2030-01-01T00:00:00Z",
                                             .state = SubscriptionState::kSuspended,
                                             .allow_tracing = true},
                                            {}, At()));
  EXPECT_NE(body().find(R"("changed":["user","product","state","state_comment","expiration",)"
                        R"("allow_tracing"])"),
            std::string::npos)
      << body();
  EXPECT_NE(body().find(R"("state_before":"active")"), std::string::npos) << body();
  ASSERT_TRUE(directory_.ChangeUser("1", {.first_name = "New", .note = "x"}, At()));
  EXPECT_NE(body().find(R"("changed":["first_name","note"])"), std::string::npos) << body();
}

TEST_F(DirectoryTest, TellsTheJournalNothingOfAChangeThatChangesNothing) {
  const Subscription before = Production();
  ASSERT_TRUE(directory_.ChangeSubscription("production", {}, {}, At()));
  ASSERT_TRUE(directory_.ChangeSubscription("production",
                                            {.user = before.user,
                                             .product = before.product,
                                             .name = before.name,
                                             .state = before.state,
                                             .primary_key = before.primary_key},
                                            {}, At()));
  ASSERT_TRUE(directory_.ChangeUser("1", {.state = UserState::kActive}, At()));
  EXPECT_TRUE(journal_.Read().entries.empty());
  ASSERT_TRUE(directory_.ChangeSubscription(
      "production", {.primary_key = "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6"}, {}, At()));
  ASSERT_EQ(journal_.Read().entries.size(), 1U) << "of a key alone its own event tells";
  EXPECT_EQ(journal_.Read().entries[0]->event, "key_set");
}

TEST_F(DirectoryTest, RemembersWhoseKeysTheLatestRemovedOnesWere) {  // OUR15
  std::vector<std::string> keys;
  for (std::size_t i = 0; i <= SubscriptionStore::kRemovedKept; ++i) {
    const auto granted = directory_.Grant(
        {.id = "s" + std::to_string(i), .user = "1", .product = "qondor-test"}, At());
    keys.push_back(granted->secondary_key);
    ASSERT_TRUE(directory_.RemoveSubscription(granted->id, At(static_cast<int>(i))));
  }
  const auto grounds = [&](const std::string& key) {
    const CheckedKey checked = directory_.Check(key, Environment::kTest, kNewYear);
    EXPECT_EQ(checked.check, KeyCheck::kUnknown);
    EXPECT_EQ(checked.subscription, "") << "nobody's any longer";
    return checked.grounds;
  };
  EXPECT_EQ(grounds(keys[0]), nullptr) << "too long ago";
  ASSERT_NE(grounds(keys[1]), nullptr);
  EXPECT_EQ(grounds(keys[1])->about, "s1");
  EXPECT_EQ(grounds(keys[1])->state, "secondary");
  EXPECT_EQ(grounds(keys[1])->at, kNewYear + milliseconds(1));
  // A removed one's key may be granted anew, and then it is good.
  ASSERT_TRUE(directory_.Grant(
      {.id = "again", .user = "1", .product = "qondor-test", .primary_key = keys[1]}, At()));
  EXPECT_EQ(Check(keys[1], Environment::kTest), KeyCheck::kGood);
}

TEST_F(DirectoryTest, ResetBringsBackTheSeedWithTheSameKeys) {
  const Subscription before = Production();
  ASSERT_TRUE(directory_.Regenerate("production", KeyName::kPrimary, {}, At()));
  ASSERT_TRUE(directory_.RemoveUser("2", At()));
  directory_.Reset(kNewYear + milliseconds(90));
  EXPECT_EQ(Production().primary_key, before.primary_key);
  EXPECT_EQ(Production().start, kNewYear + milliseconds(90));
  EXPECT_EQ(Check(before.primary_key, Environment::kProd), KeyCheck::kGood);
  EXPECT_EQ(directory_.Users().size(), 2U);
}

}  // namespace
}  // namespace kondor::qondor
