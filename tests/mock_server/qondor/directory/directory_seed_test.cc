// The directory's part of a seed: what it may say, and how it is told what is wrong.
#include "mock_server/qondor/directory/directory_seed.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "mock_server/qondor/directory/rotating_key.h"

namespace kondor::qondor {
namespace {

Result<std::shared_ptr<const DirectorySeed>> Load(const std::string& text) {
  const Json json = ParseJson(text).value();
  ObjectReader reader(json, "/qondor");
  auto loaded = LoadDirectorySeed(reader, *DefaultDirectorySeed());
  if (!loaded) return loaded;
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return loaded;
}

TEST(DirectorySeed, HasTwoProductsAndASubscriptionOfEach) {  // Q4
  const auto seed = DefaultDirectorySeed();
  ASSERT_EQ(seed->products.size(), 2U);
  EXPECT_EQ(seed->products[0].name, "Qondor Production");
  EXPECT_TRUE(seed->products[0].environments.Has(Environment::kProd));
  EXPECT_FALSE(seed->products[0].environments.Has(Environment::kTest));
  EXPECT_EQ(seed->products[1].name, "Qondor Test");
  EXPECT_TRUE(seed->products[1].environments.Has(Environment::kTest));
  EXPECT_TRUE(seed->products[1].environments.Has(Environment::kDev));
  EXPECT_FALSE(seed->products[1].environments.Has(Environment::kProd));
  ASSERT_EQ(seed->subscriptions.size(), 2U);
  EXPECT_TRUE(seed->subscriptions[0].primary_key.empty()) << "made for each sandbox";
}

TEST(DirectorySeed, HasDemoKeysOfTheRightShape) {  // G9
  const auto seed = WithDemoKeys(*DefaultDirectorySeed());
  std::set<std::string> keys;
  for (const SeedSubscription& subscription : seed->subscriptions) {
    for (const std::string& key : {subscription.primary_key, subscription.secondary_key}) {
      EXPECT_TRUE(IsSubscriptionKey(key)) << key;
      keys.insert(key);
    }
  }
  EXPECT_EQ(keys.size(), 4U);
}

TEST(DirectorySeed, KeepsTheListsItDoesNotName) {
  const auto loaded = Load(R"({"subscriptions": [
    {"id": "s", "user": "2", "product": "qondor-test", "state": "suspended",
     "start": "2025-12-31T08:00:00Z", "primary_key": "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6"}]})");
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ((*loaded)->users.size(), 2U);
  EXPECT_EQ((*loaded)->products.size(), 2U);
  const SeedSubscription& subscription = (*loaded)->subscriptions.at(0);
  EXPECT_EQ(subscription.state, SubscriptionState::kSuspended);
  EXPECT_EQ(subscription.start, FromUnixMicros(1'767'168'000'000'000));
  EXPECT_EQ(subscription.name, "s");
  EXPECT_TRUE(subscription.secondary_key.empty());
}

TEST(DirectorySeed, CallsWhatHasNoNameByItsId) {
  const auto text = [](std::size_t length) {
    const std::string id(length, 'i');
    return R"({"products": [{"id": ")" + id + R"(", "environments": ["Prod"]}], )" +
           R"("subscriptions": [{"id": ")" + id + R"(", "product": ")" + id + R"("}]})";
  };
  const auto loaded = Load(text(100));
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ((*loaded)->products[0].name, std::string(100, 'i'));
  EXPECT_EQ((*loaded)->subscriptions[0].name, std::string(100, 'i'));
  EXPECT_NE(Load(text(101)).error().message.find("/qondor/products/0/name: required"),
            std::string::npos);
}

TEST(DirectorySeed, IsRefusedWithThePlaceAndNeverWithAKey) {
  const struct {
    const char* text;
    const char* says;
  } cases[] = {
      {R"({"users": {}})", "/qondor/users: expected an array"},
      {R"({"users": [{"email": "x"}]})", "/qondor/users/0/id: required"},
      {R"({"users": [{"id": "a b", "email": "x"}]})", "/qondor/users/0/id: expected"},
      {R"({"users": [{"id": "a/b", "email": "x"}]})", "/qondor/users/0/id: expected"},
      {R"({"users": [{"id": "1"}]})", "/qondor/users/0/email: required"},
      {R"({"users": [{"id": "..", "email": "x"}]})", "/qondor/users/0/id: expected 1 to 80"},
      {R"({"users": [{"id": "1", "email": ""}]})", "/qondor/users/0/email: expected 1 to 254"},
      {R"({"users": [{"id": "1", "email": "a\u0000b"}]})", "/qondor/users/0/email: expected"},
      {R"({"users": [{"id": "1", "email": "x", "first_name": ""}]})",
       "/qondor/users/0/first_name: expected 1 to 100"},
      {R"({"users": [{"id": "1", "email": "x", "last_name": ""}]})",
       "/qondor/users/0/last_name: expected 1 to 100"},
      {R"({"users": [{"id": "1", "email": "a@b"}, {"id": "2", "email": "c@b"},
          {"id": "3", "email": "A@B"}]})",
       "/qondor/users/2/email: user 1 has this address"},
      {R"({"users": [{"id": "1", "email": "x", "state": "gone"}]})", "allowed: active, blocked"},
      {R"({"users": [{"id": "1", "email": "x"}, {"id": "1", "email": "y"}]})",
       "/qondor/users/1/id: 1 stands twice"},
      {R"({"users": []})", "/qondor/subscriptions/0/user: there is no user 1"},
      {R"({"products": []})", "/qondor/subscriptions/0/product: there is no product"},
      {R"({"products": [{"id": "p", "environments": ["Live"]}]})",
       "/qondor/products/0/environments/0: expected one of"},
      {R"({"products": [{"id": "p"}]})", "/qondor/products/0/environments: required"},
      {R"({"products": [{"id": ".", "environments": []}]})", "/qondor/products/0/id: expected"},
      {R"({"subscriptions": [{"id": ".", "product": "qondor-test"}]})",
       "/qondor/subscriptions/0/id: expected 1 to 256"},
      {R"({"subscriptions": [{"id": "s", "product": "qondor-test", "name": ""}]})",
       "/qondor/subscriptions/0/name: expected 1 to 100"},
      {R"({"subscriptions": [{"id": "s"}]})", "/qondor/subscriptions/0/product: required"},
      {R"({"subscriptions": [{"id": "s", "product": "qondor-test", "state": "on"}]})",
       "/qondor/subscriptions/0/state: unknown value; allowed: submitted"},
      {R"({"subscriptions": [{"id": "s", "product": "qondor-test", "start": "now"}]})",
       "/qondor/subscriptions/0/start"},
      {R"({"subscriptions": [{"id": "s", "product": "qondor-test", "primary_key": "SECRET"}]})",
       "/qondor/subscriptions/0/primary_key: expected 32"},
      {R"({"subscriptions": [{"id": "s", "product": "qondor-test",
          "primary_key": "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6",
          "secondary_key": "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6"}]})",
       "/qondor/subscriptions/0/secondary_key: stands twice"},
      {R"({"subscribers": []})", "/qondor/subscribers: unknown field"},
  };
  for (const auto& c : cases) {
    const auto loaded = Load(c.text);
    ASSERT_FALSE(loaded) << c.text;
    EXPECT_NE(loaded.error().message.find(c.says), std::string::npos) << loaded.error().message;
    EXPECT_EQ(loaded.error().message.find("SECRET"), std::string::npos);
    EXPECT_EQ(loaded.error().message.find("d0e1f2"), std::string::npos);
  }
}

}  // namespace
}  // namespace kondor::qondor
