#include "mock_server/net/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "mock_server/http/ascii.h"

namespace kondor::net {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// Proxies write "1.2.3.4", "1.2.3.4:5678", "[2001:db8::1]:5678" or "2001:db8::1".
std::optional<IpAddress> ParseHop(std::string_view hop) {
  hop = http::Trim(hop);
  if (!hop.empty() && hop.front() == '[') {
    return IpAddress::Parse(hop.substr(0, hop.find(']') + 1));
  }
  if (std::count(hop.begin(), hop.end(), ':') == 1) hop = hop.substr(0, hop.find(':'));
  return IpAddress::Parse(hop);
}

std::vector<std::string_view> ForwardedHops(const http::Request& request) {
  std::vector<std::string_view> hops;
  for (const http::HeaderView& header : request.headers) {
    if (!http::EqualsIgnoreCase(header.name, "X-Forwarded-For")) continue;
    std::string_view rest = header.value;
    while (true) {
      const std::size_t comma = rest.find(',');
      hops.push_back(rest.substr(0, comma));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return hops;
}

bool IsTrusted(const IpAddress& address, const std::vector<Cidr>& trusted) {
  return std::any_of(trusted.begin(), trusted.end(),
                     [&](const Cidr& range) { return range.Contains(address); });
}

}  // namespace

std::optional<IpAddress> IpAddress::Parse(std::string_view text) {
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  char buffer[INET6_ADDRSTRLEN + 1];
  // A NUL inside would make the C function read only the part before it.
  if (text.empty() || text.size() >= sizeof buffer || text.find('\0') != text.npos) return {};
  std::memcpy(buffer, text.data(), text.size());
  buffer[text.size()] = '\0';

  IpAddress address;
  if (inet_pton(AF_INET, buffer, address.bytes_.data()) == 1) return address;
  if (inet_pton(AF_INET6, buffer, address.bytes_.data()) != 1) return {};
  if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes_.begin())) {
    IpAddress mapped;
    std::copy(address.bytes_.begin() + 12, address.bytes_.end(), mapped.bytes_.begin());
    return mapped;
  }
  address.v4_ = false;
  return address;
}

bool IpAddress::is_loopback() const {
  if (v4_) return bytes_[0] == 127;
  return bytes_.back() == 1 &&
         std::all_of(bytes_.begin(), bytes_.end() - 1, [](std::uint8_t b) { return b == 0; });
}

std::string IpAddress::ToText() const {
  char buffer[INET6_ADDRSTRLEN];
  inet_ntop(v4_ ? AF_INET : AF_INET6, bytes_.data(), buffer, sizeof buffer);
  return buffer;
}

ledger::IpIdentity IpAddress::Identity() const {
  using Family = ledger::IpIdentity::Family;
  const std::size_t length = v4_ ? 4 : 8;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < length; ++i) bits = bits << 8 | bytes_[i];
  return {v4_ ? Family::kV4 : Family::kV6, bits};
}

Result<Cidr> Cidr::Parse(std::string_view text) {
  const auto bad = [&] {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "'" + std::string(text) + "' is not an address range; write 10.0.0.0/8");
  };
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> base = IpAddress::Parse(text.substr(0, slash));
  if (!base) return bad();
  Cidr cidr;
  cidr.base_ = *base;
  const int width = base->is_v4() ? 32 : 128;
  cidr.bits_ = width;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), cidr.bits_);
    if (fault != std::errc() || end != digits.data() + digits.size() || cidr.bits_ < 0 ||
        cidr.bits_ > width) {
      return bad();
    }
  }
  return cidr;
}

bool Cidr::Contains(const IpAddress& address) const {
  if (address.v4_ != base_.v4_) return false;
  const auto whole = static_cast<std::size_t>(bits_ / 8);
  if (!std::equal(base_.bytes_.begin(), base_.bytes_.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes_.begin())) {
    return false;
  }
  const int rest = bits_ % 8;
  if (rest == 0) return true;
  const int mask = (0xff << (8 - rest)) & 0xff;
  return (base_.bytes_[whole] & mask) == (address.bytes_[whole] & mask);
}

Result<IpAddress> ClientAddress(const http::Request& request, const std::vector<Cidr>& trusted) {
  // A peer without an address (there is none on a TCP socket) counts as loopback.
  IpAddress client =
      IpAddress::Parse(request.peer_address).value_or(*IpAddress::Parse("127.0.0.1"));
  const std::vector<std::string_view> hops = ForwardedHops(request);
  const bool proxied = IsTrusted(client, trusted) && !hops.empty();
  // Who comes through a proxy of ours is not on this machine, even where the proxy is.
  if (client.is_loopback() && !proxied) {
    if (const http::HeaderView* played = request.FindHeader("Kondor-Client-Ip")) {
      if (const auto address = IpAddress::Parse(played->value)) return *address;
      return Unexpected(ErrorKind::kInvalidArgument,
                        "header Kondor-Client-Ip holds no IP address; write 203.0.113.7");
    }
  }
  if (!proxied) return client;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const std::optional<IpAddress> address = ParseHop(*hop);
    if (!address) break;  // beyond a hop nobody can read, nothing is vouched for
    client = *address;
    if (!IsTrusted(client, trusted)) break;
  }
  return client;
}

}  // namespace kondor::net
