// Who may use the control API: whoever holds the token, or, where none is set, programs on this
// machine. A page in a browser is neither, also when DNS rebinding makes it look like one.
#include <algorithm>
#include <array>

#include "mock_server/control/control.h"
#include "mock_server/front/own_reply.h"
#include "mock_server/front/place.h"
#include "mock_server/http/ascii.h"
#include "mock_server/net/address.h"

namespace kondor {
namespace {

constexpr std::array<std::string_view, 6> kKnownHosts = {
    "localhost",      "k2.kondado.com.br",    "k1.kondado.com.br",
    "hub.kondado.io", "qondor.azure-api.net", "management.azure.com"};

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// An address cannot be rebound, and neither can a name that never leaves the machine.
bool IsSafeHost(std::string_view host, std::string_view own_host) {
  return host.empty() || host == own_host || EndsWith(host, ".localhost") ||
         net::IpAddress::Parse(host).has_value() ||
         std::find(kKnownHosts.begin(), kKnownHosts.end(), host) != kKnownHosts.end();
}

// Browsers say where a request comes from; programs do not.
bool IsFromForeignPage(const http::Request& request) {
  if (const http::HeaderView* site = request.FindHeader("Sec-Fetch-Site")) {
    if (site->value != "same-origin" && site->value != "none") return true;
  }
  const http::HeaderView* origin = request.FindHeader("Origin");
  if (origin == nullptr) return false;
  const http::HeaderView* host = request.FindHeader("Host");
  const std::size_t scheme = origin->value.find("://");
  return host == nullptr || scheme == std::string_view::npos ||
         !http::EqualsIgnoreCase(origin->value.substr(scheme + 3), host->value);
}

}  // namespace

bool Control::HasToken(const http::Request& request) const {
  const http::HeaderView* own = request.FindHeader("Kondor-Control-Token");
  std::string_view presented = own == nullptr ? std::string_view() : own->value;
  constexpr std::string_view kBearer = "Bearer ";
  if (const http::HeaderView* header = request.FindHeader("Authorization")) {
    if (http::EqualsIgnoreCase(header->value.substr(0, kBearer.size()), kBearer)) {
      presented = http::Trim(header->value.substr(kBearer.size()));
    }
  }
  return secrets::SameDigest(secrets::Sha256(presented), *token_);
}

std::optional<http::Response> Control::Guard(const http::Request& request,
                                             std::string_view path) const {
  if (IsFromForeignPage(request)) {
    return OwnError(403, "CROSS_ORIGIN",
                    "the control API is not for pages of other origins; call it from a program");
  }
  if (path == "/health") return {};  // probes have no credentials, and health tells nothing
  if (token_) {
    if (HasToken(request)) return {};
    http::Response refused = OwnError(
        401, "CONTROL_TOKEN", "send the server's --control-token as 'Authorization: Bearer TOKEN'");
    refused.headers.push_back({"WWW-Authenticate", "Bearer realm=\"kondor\""});
    return refused;
  }
  if (!IsSafeHost(HostOf(request), own_host_)) {
    return OwnError(403, "UNKNOWN_HOST",
                    "the Host header names a machine this server does not know; use 127.0.0.1 or "
                    "localhost, or set --control-token");
  }
  return {};
}

}  // namespace kondor
