#include "mock_server/kondado/tokens.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <regex>
#include <string>
#include <vector>

namespace kondor::kondado {
namespace {

const TimePoint kNow = FromUnixMicros(1'767'225'600'000'000);

NewToken Create(TokenStore& store, TokenKind kind, std::string key = "", std::string secret = "") {
  SeedToken wanted;
  wanted.kind = kind;
  wanted.user_id = 1;
  wanted.key = std::move(key);
  wanted.secret = std::move(secret);
  return store.Create(wanted, kNow);
}

TokenCheck CheckUser(const TokenStore& store, std::string_view key, std::string_view secret) {
  return store.CheckUser(key, secrets::Sha256(secret)).check;
}

TokenCheck CheckVia(const TokenStore& store, std::string_view secret) {
  return store.CheckViaKondado(secrets::Sha256(secret)).check;
}

TEST(TokenStore, MakesCredentialsInTheVendorsShapes) {  // K2, T2
  TokenStore store;
  const NewToken made = Create(store, TokenKind::kUser);
  EXPECT_TRUE(
      std::regex_match(made.token.key, std::regex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")));
  EXPECT_TRUE(std::regex_match(made.secret, std::regex("[0-9A-Za-z]{64}")));
  const NewToken other = Create(store, TokenKind::kUser);
  EXPECT_NE(other.token.key, made.token.key);
  EXPECT_NE(other.secret, made.secret);
}

TEST(TokenStore, KeepsWhatWasWanted) {
  TokenStore store;
  const NewToken made = store.Create({.kind = TokenKind::kUser,
                                      .description = "for tests",
                                      .user_id = 7,
                                      .active = false,
                                      .key = "k",
                                      .secret = "s"},
                                     kNow);
  EXPECT_EQ(made.secret, "s");
  const Token* token = store.Find("k");
  ASSERT_NE(token, nullptr);
  EXPECT_EQ(token->description, "for tests");
  EXPECT_EQ(token->user_id, 7);
  EXPECT_FALSE(token->active);
  EXPECT_EQ(token->created_at, kNow);
  EXPECT_EQ(store.Find("K"), nullptr);
  EXPECT_EQ(store.all().size(), 1U);
}

TEST(TokenStore, NeverGivesOneSerialTwice) {
  TokenStore store;
  for (std::uint32_t i = 0; i < 5; ++i) {
    EXPECT_EQ(Create(store, TokenKind::kUser).token.serial, ledger::KeyIdentity{i});
  }
}

TEST(TokenStore, TakesAKeyWithItsOwnSecretOnly) {  // K2
  TokenStore store;
  Create(store, TokenKind::kUser, "a", "secret-a");
  Create(store, TokenKind::kUser, "b", "secret-b");
  EXPECT_EQ(CheckUser(store, "a", "secret-a"), TokenCheck::kGood);
  EXPECT_EQ(CheckUser(store, "b", "secret-b"), TokenCheck::kGood);
  EXPECT_EQ(CheckUser(store, "a", "secret-b"), TokenCheck::kUnknown);
  EXPECT_EQ(CheckUser(store, "a", "secret-a "), TokenCheck::kUnknown);
  EXPECT_EQ(CheckUser(store, "a", "SECRET-A"), TokenCheck::kUnknown);
  EXPECT_EQ(CheckUser(store, "a", ""), TokenCheck::kUnknown);
  EXPECT_EQ(CheckUser(store, "c", "secret-a"), TokenCheck::kUnknown);
  EXPECT_EQ(CheckUser(store, "", ""), TokenCheck::kUnknown);
  EXPECT_EQ(store.CheckUser("nobody", secrets::Digest{}).check, TokenCheck::kUnknown);
}

TEST(TokenStore, KnowsWhoseTheCredentialsAre) {
  TokenStore store;
  Create(store, TokenKind::kUser, "a", "secret-a");
  Create(store, TokenKind::kViaKondado, "v", "secret-v");
  EXPECT_EQ(store.CheckUser("a", secrets::Sha256("secret-a")).token->key, "a");
  EXPECT_EQ(store.CheckViaKondado(secrets::Sha256("secret-v")).token->key, "v");
  EXPECT_EQ(store.CheckUser("a", secrets::Sha256("wrong")).token, nullptr);
}

TEST(TokenStore, NeverTakesOneKindForTheOther) {
  TokenStore store;
  Create(store, TokenKind::kUser, "u", "secret-u");
  Create(store, TokenKind::kViaKondado, "v", "secret-v");
  EXPECT_EQ(CheckUser(store, "v", "secret-v"), TokenCheck::kUnknown);
  EXPECT_EQ(CheckVia(store, "secret-u"), TokenCheck::kUnknown);
  EXPECT_EQ(CheckVia(store, "secret-v"), TokenCheck::kGood);
  EXPECT_EQ(CheckVia(store, "v"), TokenCheck::kUnknown);
  EXPECT_EQ(CheckVia(store, ""), TokenCheck::kUnknown);
}

TEST(TokenStore, SwitchesOneTokenAtATime) {  // T4
  TokenStore store;
  Create(store, TokenKind::kUser, "a", "secret-a");
  Create(store, TokenKind::kUser, "b", "secret-b");
  Create(store, TokenKind::kViaKondado, "v", "secret-v");
  ASSERT_NE(store.SetActive("a", false), nullptr);
  EXPECT_EQ(CheckUser(store, "a", "secret-a"), TokenCheck::kInactive);
  EXPECT_EQ(CheckUser(store, "a", "wrong"), TokenCheck::kUnknown) << "a stranger learns nothing";
  EXPECT_EQ(CheckUser(store, "b", "secret-b"), TokenCheck::kGood);
  EXPECT_EQ(CheckVia(store, "secret-v"), TokenCheck::kGood);
  EXPECT_TRUE(store.SetActive("a", true)->active);
  EXPECT_EQ(CheckUser(store, "a", "secret-a"), TokenCheck::kGood);
  store.SetActive("v", false);
  EXPECT_EQ(CheckVia(store, "secret-v"), TokenCheck::kInactive);
  EXPECT_EQ(store.SetActive("nobody", true), nullptr);
}

TEST(TokenStore, ChangesAViaKondadoTokenAndTheOldOneIsDead) {  // H2
  TokenStore store;
  Create(store, TokenKind::kViaKondado, "v", "old");
  Create(store, TokenKind::kViaKondado, "w", "other");
  const std::optional<NewToken> changed = store.ChangeSecret("v");
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->token.key, "v");
  EXPECT_EQ(changed->token.digest, secrets::Sha256(changed->secret));
  EXPECT_EQ(CheckVia(store, "old"), TokenCheck::kUnknown);
  EXPECT_EQ(CheckVia(store, changed->secret), TokenCheck::kGood);
  EXPECT_EQ(CheckVia(store, "other"), TokenCheck::kGood);
  EXPECT_EQ(store.CheckViaKondado(secrets::Sha256(changed->secret)).token->key, "v");
}

TEST(TokenStore, ChangingKeepsASwitchedOffTokenOff) {
  TokenStore store;
  Create(store, TokenKind::kViaKondado, "v", "old");
  store.SetActive("v", false);
  const std::optional<NewToken> changed = store.ChangeSecret("v");
  EXPECT_EQ(CheckVia(store, changed->secret), TokenCheck::kInactive);
}

TEST(TokenStore, DoesNotChangeAUsersToken) {  // T5: create another
  TokenStore store;
  Create(store, TokenKind::kUser, "u", "secret-u");
  EXPECT_FALSE(store.ChangeSecret("u"));
  EXPECT_FALSE(store.ChangeSecret("nobody"));
  EXPECT_EQ(CheckUser(store, "u", "secret-u"), TokenCheck::kGood);
}

// A copy is how an account comes back to its start, so it must stand on its own.
TEST(TokenStore, ACopyLeadsItsOwnLife) {
  TokenStore store;
  Create(store, TokenKind::kViaKondado, "v", "old");
  const TokenStore copy = store;
  store.ChangeSecret("v");
  store.SetActive("v", false);
  EXPECT_EQ(CheckVia(copy, "old"), TokenCheck::kGood);
}

TEST(TokenStore, AgreesWithAPlainListWhateverIsDone) {
  EXPECT_TRUE(rc::check("create, switch and change against a list", [] {
    struct Known {
      TokenKind kind;
      std::string key, secret;
      bool active;
    };
    TokenStore store;
    std::vector<Known> list;
    for (const int deed : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5))) {
      if (deed <= 1 || list.empty()) {
        const TokenKind kind = deed == 0 ? TokenKind::kUser : TokenKind::kViaKondado;
        const std::string n = std::to_string(list.size());
        Create(store, kind, "key" + n, "secret" + n);
        list.push_back({kind, "key" + n, "secret" + n, true});
        continue;
      }
      Known& known = list[*rc::gen::inRange<std::size_t>(0, list.size())];
      if (deed == 4) {
        const std::optional<NewToken> changed = store.ChangeSecret(known.key);
        RC_ASSERT(changed.has_value() == (known.kind == TokenKind::kViaKondado));
        if (changed) known.secret = changed->secret;
      } else {
        known.active = deed == 2;
        store.SetActive(known.key, known.active);
      }
    }
    for (const Known& known : list) {
      const TokenCheck good = known.active ? TokenCheck::kGood : TokenCheck::kInactive;
      const bool user = known.kind == TokenKind::kUser;
      RC_ASSERT(CheckUser(store, known.key, known.secret) == (user ? good : TokenCheck::kUnknown));
      RC_ASSERT(CheckVia(store, known.secret) == (user ? TokenCheck::kUnknown : good));
    }
  }));
}

}  // namespace
}  // namespace kondor::kondado
