// The tokens of one account: created, switched on and off, checked. Secrets leave this class once,
// in the answer that made them; what stays is their SHA-256 (T1-T6, K2, K3, H2). Not thread-safe:
// Account guards it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "mock_server/kondado/seed.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/secrets/digest.h"

namespace kondor::kondado {

struct Token {
  ledger::KeyIdentity serial{};  // its name in the vendor's books; never used again
  TokenKind kind = TokenKind::kUser;
  std::string key;  // a handle only, for Via Kondado tokens: their API never asks for it
  secrets::Digest digest{};
  std::string description;
  std::int64_t user_id = 0;
  bool active = true;
  TimePoint created_at;
};

// What the creation answer holds; nobody can ask for `secret` again.
struct NewToken {
  Token token;
  std::string secret;
};

enum class TokenCheck { kGood, kUnknown, kInactive };

struct CheckedToken {
  TokenCheck check = TokenCheck::kUnknown;
  const Token* token = nullptr;  // set when known, active or not; until the next change
};

class TokenStore {
 public:
  // An empty key or secret is made at random.
  NewToken Create(const SeedToken& wanted, TimePoint now);

  // K2: a key and the digest of its secret.
  CheckedToken CheckUser(std::string_view key, const secrets::Digest& secret) const;
  // H1: a secret alone.
  CheckedToken CheckViaKondado(const secrets::Digest& secret) const;

  const Token* Find(std::string_view key) const;
  // T4: nothing when there is no such token; otherwise the token as it is now.
  const Token* SetActive(std::string_view key, bool active);
  // H2: a new secret, and the old one is dead at once. Nothing unless it is a Via Kondado token.
  std::optional<NewToken> ChangeSecret(std::string_view key);

  const std::vector<Token>& all() const { return tokens_; }

 private:
  std::vector<Token> tokens_;  // in the order of creation
  std::unordered_map<std::string, std::size_t> by_key_;
  std::unordered_map<secrets::Digest, std::size_t, secrets::DigestHash> via_by_digest_;
};

}  // namespace kondor::kondado
