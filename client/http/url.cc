#include "client/http/url.h"

#include <algorithm>

namespace kondor::client {
namespace {

constexpr bool IsUnreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

// Blanks, control characters and what is no ASCII cannot stand in a URL, nor end a line in it.
constexpr bool IsPrintable(char c) { return c > ' ' && c < 0x7f; }

bool IsToken(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return IsPrintable(c) &&
           std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
  });
}

bool HasLineBreak(std::string_view value) {
  return value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

Unexpected NoBaseUrl(const char* why) {
  return Unexpected(ErrorKind::kInvalidArgument,
                    std::string("the base URL ") + why +
                        "; give one like https://k2.kondado.com.br or http://127.0.0.1:7070/k2");
}

// A name, or an IPv6 address in its brackets; that it exists is for whoever connects to find out.
bool IsHost(std::string_view host) {
  const bool v6 = host.starts_with('[') && host.ends_with(']');
  if (v6) host = host.substr(1, host.size() - 2);
  return !host.empty() &&
         std::ranges::all_of(host, [v6](char c) { return IsUnreserved(c) || (v6 && c == ':'); });
}

// 0 for what is no port.
int PortOf(std::string_view text) {
  if (text.empty() || text.size() > 5) return 0;
  int port = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    port = port * 10 + (c - '0');
  }
  return port < 65536 ? port : 0;
}

}  // namespace

Result<BaseUrl> ParseBaseUrl(std::string_view text) {
  if (!std::ranges::all_of(text, IsPrintable))
    return NoBaseUrl("holds a blank or a strange letter");
  if (!text.starts_with("http://") && !text.starts_with("https://")) {
    return NoBaseUrl("is neither http:// nor https://");
  }
  if (text.find_first_of("?#") != std::string_view::npos)
    return NoBaseUrl("has a query or fragment");
  const std::size_t authority_at = text.find("://") + 3;
  const std::size_t path_at = std::min(text.find('/', authority_at), text.size());
  const std::string_view authority = text.substr(authority_at, path_at - authority_at);
  if (authority.find('@') != std::string_view::npos) return NoBaseUrl("holds credentials");
  const std::size_t bracket = authority.find(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (!IsHost(host)) return NoBaseUrl("has no host");
  BaseUrl url{.origin = std::string(text.substr(0, path_at)),
              .prefix = {},
              .secure = text.starts_with("https:"),
              .host = std::string(host.starts_with('[') ? host.substr(1, host.size() - 2) : host),
              .port = 0};
  url.port = colon != std::string_view::npos ? PortOf(authority.substr(colon + 1))
             : url.secure                    ? 443
                                             : 80;
  if (url.port == 0) return NoBaseUrl("has no port from 1 to 65535 after its colon");
  std::string_view prefix = text.substr(path_at);
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  url.prefix = prefix;
  return url;
}

std::string Encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (IsUnreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4];
    encoded += kDigits[byte & 15];
  }
  return encoded;
}

std::string EncodeQuery(const std::vector<Field>& query) {
  std::string encoded;
  for (const Field& field : query) {
    encoded += encoded.empty() ? '?' : '&';
    encoded += Encode(field.name) + "=" + Encode(field.value);
  }
  return encoded;
}

namespace {

// "." and "..", as they are or encoded: a server or what stands before it takes them for steps in
// the path, and credentials would go somewhere else than below the base URL.
bool IsStep(std::string segment) {
  for (std::size_t at = segment.find('%'); at != std::string::npos;
       at = segment.find('%', at + 1)) {
    if (segment.compare(at, 3, "%2e") == 0 || segment.compare(at, 3, "%2E") == 0) {
      segment.replace(at, 3, ".");
    }
  }
  return segment == "." || segment == "..";
}

bool HasSteps(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);  // its slash
    const std::size_t end = std::min(path.find('/'), path.size());
    if (IsStep(std::string(path.substr(0, end)))) return true;
    path.remove_prefix(end);
  }
  return false;
}

}  // namespace

Result<void> CheckRequest(const Request& request) {
  const std::string& path = request.path;
  if (!path.starts_with('/') || !std::ranges::all_of(path, IsPrintable) ||
      path.find_first_of("?#") != std::string::npos) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a path begins with a slash and holds no blank, '?' or '#'; "
                      "percent-encode them, and give parameters apart");
  }
  if (HasSteps(path)) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a path holds no \".\" or \"..\" segment; write where it leads");
  }
  for (const Field& header : request.headers) {
    if (!IsToken(header.name) || HasLineBreak(header.value)) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        "a header has a name of letters and a value of one line");
    }
  }
  return {};
}

}  // namespace kondor::client
