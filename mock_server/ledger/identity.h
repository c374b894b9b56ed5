// Who a counter belongs to, as the books write it down. Immutable value type.
#pragma once

#include <cstdint>

#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {

// The kind keeps the namespaces apart: an address whose bits equal a key's serial, or an IPv4 and
// an IPv6 address with equal bits, are different identities.
struct Identity {
  enum class Kind : std::uint8_t { kNone, kV4, kV6, kKey, kV4AndKey, kV6AndKey };

  std::uint64_t bits = 0;  // the address, if there is one
  std::uint32_t key = 0;   // the key's serial, if there is one
  Kind kind = Kind::kNone;

  static Identity Of(const IpIdentity& ip) {
    return {ip.bits, 0, ip.family == IpIdentity::Family::kV4 ? Kind::kV4 : Kind::kV6};
  }
  static Identity Of(KeyIdentity key) { return {0, static_cast<std::uint32_t>(key), Kind::kKey}; }
  static Identity Of(const IpIdentity& ip, KeyIdentity key) {
    return {ip.bits, static_cast<std::uint32_t>(key),
            ip.family == IpIdentity::Family::kV4 ? Kind::kV4AndKey : Kind::kV6AndKey};
  }

  Dimension dimension() const {
    switch (kind) {
      case Kind::kKey:
        return Dimension::kKey;
      case Kind::kV4AndKey:
      case Kind::kV6AndKey:
        return Dimension::kPair;
      default:
        return Dimension::kIp;
    }
  }

  // A folded 64 x 64 multiplication. The seed differs from ledger to ledger, so that nobody can
  // prepare addresses that share a slot.
  std::uint64_t Hash(std::uint64_t seed) const {
    __extension__ using Wide = unsigned __int128;
    const std::uint64_t low = bits ^ seed;
    const std::uint64_t high =
        ((std::uint64_t{key} << 8) | static_cast<std::uint8_t>(kind)) ^ 0x9E3779B97F4A7C15ULL;
    const Wide product = Wide{low} * high;
    const std::uint64_t folded =
        static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    return folded * 0xD6E8FEB86659FD93ULL;
  }

  friend bool operator==(const Identity&, const Identity&) = default;
};

}  // namespace kondor::ledger
