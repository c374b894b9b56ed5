#include "mock_server/kondado/tokens.h"

#include <utility>

#include "mock_server/secrets/random.h"

namespace kondor::kondado {

NewToken TokenStore::Create(const SeedToken& wanted, TimePoint now) {
  NewToken made;
  made.secret = wanted.secret.empty() ? secrets::NewSecret() : wanted.secret;
  Token& token = made.token;
  token.serial = static_cast<ledger::KeyIdentity>(tokens_.size());
  token.kind = wanted.kind;
  token.key = wanted.key.empty() ? secrets::NewUuid() : wanted.key;
  token.digest = secrets::Sha256(made.secret);
  token.description = wanted.description;
  token.user_id = wanted.user_id;
  token.active = wanted.active;
  token.created_at = now;

  by_key_.emplace(token.key, tokens_.size());
  if (token.kind == TokenKind::kViaKondado) via_by_digest_.emplace(token.digest, tokens_.size());
  tokens_.push_back(token);
  return made;
}

CheckedToken TokenStore::CheckUser(std::string_view key, const secrets::Digest& secret) const {
  // A key that nobody has is compared too, so that time does not tell which keys exist.
  static constexpr secrets::Digest kNobody{};
  const Token* token = Find(key);
  const bool same = secrets::SameDigest(token != nullptr ? token->digest : kNobody, secret);
  if (token == nullptr || !same || token->kind != TokenKind::kUser) return {};
  return {token->active ? TokenCheck::kGood : TokenCheck::kInactive, token};
}

CheckedToken TokenStore::CheckViaKondado(const secrets::Digest& secret) const {
  const auto found = via_by_digest_.find(secret);
  if (found == via_by_digest_.end()) return {};
  const Token& token = tokens_[found->second];
  return {token.active ? TokenCheck::kGood : TokenCheck::kInactive, &token};
}

const Token* TokenStore::Find(std::string_view key) const {
  const auto found = by_key_.find(std::string(key));
  return found == by_key_.end() ? nullptr : &tokens_[found->second];
}

const Token* TokenStore::SetActive(std::string_view key, bool active) {
  const auto found = by_key_.find(std::string(key));
  if (found == by_key_.end()) return nullptr;
  Token& token = tokens_[found->second];
  token.active = active;
  return &token;
}

std::optional<NewToken> TokenStore::ChangeSecret(std::string_view key) {
  const auto found = by_key_.find(std::string(key));
  if (found == by_key_.end()) return {};
  Token& token = tokens_[found->second];
  if (token.kind != TokenKind::kViaKondado) return {};
  NewToken made{token, secrets::NewSecret()};
  via_by_digest_.erase(token.digest);
  token.digest = secrets::Sha256(made.secret);
  via_by_digest_.emplace(token.digest, found->second);
  made.token = token;
  return made;
}

}  // namespace kondor::kondado
