// Client addresses: parsing, the identity that limits see, and who the client behind a proxy is.
// Thread-safe: immutable values and pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/http/message.h"
#include "mock_server/ledger/ledger.h"

namespace kondor::net {

// IPv4-mapped IPv6 ("::ffff:1.2.3.4") is IPv4: the same machine must not count twice.
class IpAddress {
 public:
  // "203.0.113.7", "2001:db8::1", "[2001:db8::1]"; no port, no zone.
  static std::optional<IpAddress> Parse(std::string_view text);

  bool is_v4() const { return v4_; }
  bool is_loopback() const;
  std::string ToText() const;
  // IPv4 whole, IPv6 by its /64: one household gets a whole /64 from its provider.
  ledger::IpIdentity Identity() const;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;

 private:
  friend class Cidr;
  bool v4_ = true;
  std::array<std::uint8_t, 16> bytes_{};  // IPv4 in the first four
};

class Cidr {
 public:
  // "10.0.0.0/8", "2001:db8::/32", or one address.
  static Result<Cidr> Parse(std::string_view text);
  bool Contains(const IpAddress& address) const;

 private:
  IpAddress base_;
  int bits_ = 0;
};

// Who calls: the socket's peer; behind trusted proxies the right-most hop of X-Forwarded-For that
// is not one of them; from a loopback peer, whoever Kondor-Client-Ip names. kInvalidArgument when
// Kondor-Client-Ip is not an address.
Result<IpAddress> ClientAddress(const http::Request& request, const std::vector<Cidr>& trusted);

}  // namespace kondor::net
