#include "client/credentials/known_secrets.h"

#include <algorithm>
#include <vector>

#include "client/credentials/conceal.h"

namespace kondor::client {
namespace {

// More changes than happen while one call is under way.
constexpr std::size_t kCountMax = 32;

}  // namespace

void KnownSecrets::Add(const std::string& secret) {
  if (secret.empty() || std::ranges::find(secrets_, secret) != secrets_.end()) return;
  secrets_.push_back(secret);
  if (secrets_.size() > kCountMax) secrets_.pop_front();
}

std::string KnownSecrets::Conceal(std::string_view text) const {
  const std::vector<std::string> secrets(secrets_.begin(), secrets_.end());
  return client::Conceal(text, secrets);
}

}  // namespace kondor::client
