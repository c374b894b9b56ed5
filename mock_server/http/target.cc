#include "mock_server/http/target.h"

#include <algorithm>
#include <cstdint>

#include "mock_server/http/ascii.h"

namespace kondor::http {
namespace {

// "host" or "host:port".
bool IsAuthority(std::string_view text) {
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = text.substr(0, colon);
  std::uint32_t port = 0;
  for (const char c : text.substr(std::min(colon, text.size() - 1) + 1)) {
    if (!IsDigit(c)) return false;
    port = std::min<std::uint32_t>(port * 10 + static_cast<std::uint32_t>(c - '0'), 1'000'000);
  }
  return !host.empty() && port <= 65'535 && std::all_of(host.begin(), host.end(), &IsHostChar);
}

// Takes "http://user@host" off a whole URL and returns its host; what is left begins with the path.
std::string_view TakeAuthority(std::string_view& url) {
  const std::size_t end = url.find("://");
  if (end == std::string_view::npos || !(EqualsIgnoreCase(url.substr(0, end), "http") ||
                                         EqualsIgnoreCase(url.substr(0, end), "https"))) {
    return {};
  }
  url.remove_prefix(end + 3);
  std::string_view authority = url.substr(0, url.find_first_of("/?"));
  url.remove_prefix(authority.size());
  authority.remove_prefix(authority.rfind('@') + 1);  // npos + 1 is 0
  return authority;
}

}  // namespace

bool TakeTargetApart(std::string_view target, Request& request) {
  std::string_view rest = target;
  request.target = target;
  request.authority = TakeAuthority(rest);
  const std::size_t mark = std::min(rest.find('?'), rest.size());
  request.path = rest.substr(0, mark);
  request.query = rest.substr(std::min(mark + 1, rest.size()));
  const bool whole_url = rest.size() < target.size();
  if (whole_url && request.path.empty()) request.path = "/";
  if (target.find('#') != std::string_view::npos) return false;
  if (whole_url) return IsAuthority(request.authority);
  return !rest.empty() && (rest.front() == '/' || (rest == "*" && request.method == "OPTIONS"));
}

}  // namespace kondor::http
