// What is kept of a secret: its SHA-256, compared in constant time. A plain hash is right here
// because the secrets are random and long; there is nothing to guess that salting would slow down.
// Thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace kondor::secrets {

using Digest = std::array<unsigned char, 32>;

Digest Sha256(std::string_view text);
bool SameDigest(const Digest& a, const Digest& b);

// Digests are already uniform: any eight bytes of one are a hash.
struct DigestHash {
  std::size_t operator()(const Digest& digest) const;
};

}  // namespace kondor::secrets
