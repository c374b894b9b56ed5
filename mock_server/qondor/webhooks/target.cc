#include "mock_server/qondor/webhooks/target.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "mock_server/http/ascii.h"
#include "mock_server/net/address.h"

namespace kondor::qondor {
namespace {

constexpr std::size_t kUrlBytesMax = 2048;
constexpr std::string_view kScheme = "http://";

Unexpected Refused(std::string message) {
  return Unexpected(ErrorKind::kInvalidArgument, std::move(message));
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), &http::ToLowerAscii);
  return lower;
}

// Letters, digits, '-' and '.', as names in a hosts file are.
bool IsHostName(std::string_view host) {
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || http::IsDigit(c) || c == '-' || c == '.';
  });
}

bool IsHost(std::string_view host) { return net::IpAddress::Parse(host) || IsHostName(host); }

// "host", "host:80", "[::1]:80".
bool SplitAuthority(std::string_view authority, Target& target) {
  std::string_view port;
  if (authority.substr(0, 1) == "[") {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return false;
    target.host = Lower(authority.substr(1, end - 1));
    port = authority.substr(end + 1);
  } else {
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    target.host = Lower(authority.substr(0, colon));
    port = authority.substr(colon);
  }
  if (!IsHost(target.host)) return false;
  if (port.empty()) return true;
  const auto [end, fault] =
      std::from_chars(port.data() + 1, port.data() + port.size(), target.port);
  return port.front() == ':' && fault == std::errc() && end == port.data() + port.size() &&
         target.port >= 1 && target.port <= 65535;
}

bool IsLoopback(std::string_view address) {
  const auto parsed = net::IpAddress::Parse(address);
  return parsed && parsed->is_loopback();
}

}  // namespace

std::vector<std::string> SystemLookUp(const std::string& name) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(name.c_str(), nullptr, &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, &freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    char text[NI_MAXHOST];
    if (getnameinfo(entry->ai_addr, entry->ai_addrlen, text, sizeof(text), nullptr, 0,
                    NI_NUMERICHOST) == 0) {
      addresses.emplace_back(text);
    }
  }
  return addresses;
}

Result<TargetPolicy> TargetPolicy::Allowing(const std::vector<std::string>& hosts, LookUp look_up) {
  TargetPolicy policy;
  policy.look_up_ = look_up;
  for (const std::string& host : hosts) {
    policy.hosts_.push_back(Lower(host));
    if (!IsHost(policy.hosts_.back())) {
      return Refused("--webhook-allow takes a host's name or address without scheme and port");
    }
  }
  return policy;
}

bool TargetPolicy::Allows(std::string_view host) const {
  return host == "localhost" || IsLoopback(host) ||
         std::find(hosts_.begin(), hosts_.end(), host) != hosts_.end();
}

Result<Target> TargetPolicy::Admit(std::string_view url) const {
  const auto is_plain = [](char c) { return c > 0x20 && c < 0x7f; };
  if (url.size() > kUrlBytesMax || !std::all_of(url.begin(), url.end(), is_plain)) {
    return Refused("a URL is at most 2048 printable ASCII characters; percent-encode the others");
  }
  if (Lower(url.substr(0, kScheme.size())) != kScheme) {
    return Refused("deliveries go out over plain http: write http://127.0.0.1:8080/hook");
  }
  url.remove_prefix(kScheme.size());
  const std::size_t end = std::min(url.find_first_of("/?#"), url.size());
  Target target;
  target.authority = url.substr(0, end);
  if (target.authority.find('@') != std::string::npos) {
    return Refused("a URL must not hold a user name; use the header for credentials");
  }
  if (url.find('#') != std::string_view::npos) return Refused("a URL must not hold a fragment");
  if (!SplitAuthority(target.authority, target)) {
    return Refused("the URL's host or port is not valid: write http://127.0.0.1:8080/hook");
  }
  target.path = url.substr(end);
  if (target.path.empty() || target.path.front() != '/') target.path.insert(0, "/");
  if (Allows(target.host)) return target;
  return Refused("host " + target.host +
                 " is not this machine: use 127.0.0.1, or start the server with --webhook-allow " +
                 target.host);
}

Result<std::string> TargetPolicy::Resolve(const Target& target) const {
  if (!Allows(target.host)) return Refused("host " + target.host + " is not allowed");
  if (const auto literal = net::IpAddress::Parse(target.host)) return literal->ToText();
  const std::vector<std::string> addresses = look_up_(target.host);
  if (addresses.empty()) {
    return Unexpected(ErrorKind::kUnavailable, "host " + target.host + " has no address");
  }
  const bool named = std::find(hosts_.begin(), hosts_.end(), target.host) != hosts_.end();
  if (!named && !std::all_of(addresses.begin(), addresses.end(), &IsLoopback)) {
    return Refused("host " + target.host + " points to another machine");
  }
  // Without both families on a machine, the one that serves is the one most receivers listen on.
  const auto v4 = std::find_if(addresses.begin(), addresses.end(), [](const std::string& address) {
    return address.find(':') == std::string::npos;
  });
  return v4 == addresses.end() ? addresses.front() : *v4;
}

}  // namespace kondor::qondor
