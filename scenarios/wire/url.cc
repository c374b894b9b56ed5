#include "scenarios/wire/url.h"

#include <algorithm>
#include <charconv>

namespace kondor::scenarios {
namespace {

Unexpected BadUrl(std::string_view text, std::string_view why) {
  return Unexpected(ErrorKind::kInvalidArgument, "'" + std::string(text) + "' " + std::string(why));
}

bool IsPort(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0 && port < 65536;
}

}  // namespace

std::string Url::Authority() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (scheme == Scheme::kHttp ? "80" : "443") ? name : name + ":" + port;
}

std::string Url::Text() const {
  return (scheme == Scheme::kHttp ? "http://" : "https://") + Authority() + path;
}

Result<Url> ParseUrl(std::string_view text) {
  Url url;
  std::string_view rest = text;
  if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else if (rest.starts_with("https://")) {
    url.scheme = Scheme::kHttps;
    rest.remove_prefix(8);
  } else {
    return BadUrl(text, "is no address; it begins with http:// or https://");
  }
  if (rest.find_first_of("?#@ \t\r\n") != std::string_view::npos) {
    return BadUrl(text, "may hold no user, query, fragment or blank");
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  url.path = rest.substr(slash);
  while (url.path.ends_with('/')) url.path.pop_back();
  std::string_view authority = rest.substr(0, slash);
  url.port = url.scheme == Scheme::kHttp ? "80" : "443";
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return BadUrl(text, "has a '[' without its ']'");
  const std::size_t colon = authority.find(':', bracket);
  if (colon != std::string_view::npos) {
    url.port = authority.substr(colon + 1);
    if (!IsPort(url.port)) return BadUrl(text, "has a bad port; it is 1 to 65535");
    authority = authority.substr(0, colon);
  }
  url.host = bracket > 0 ? authority.substr(1, bracket - 1) : authority;
  if (url.host.empty()) return BadUrl(text, "has no host");
  return url;
}

}  // namespace kondor::scenarios
