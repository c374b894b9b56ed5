#include "mock_server/http/head.h"

#include <algorithm>

#include "mock_server/http/ascii.h"
#include "mock_server/http/framing.h"
#include "mock_server/http/target.h"

namespace kondor::http {
namespace {

constexpr Refusal kBadRequestLine{400, "MALFORMED_REQUEST_LINE",
                                  "Send METHOD, target and HTTP/1.1, separated by one space each."};
constexpr Refusal kBadHeader{400, "MALFORMED_HEADER",
                             "Send each header as Name: value on a line of its own."};
constexpr Refusal kTargetTooLong{414, "TARGET_TOO_LONG",
                                 "The request target is too long; shorten it."};
constexpr Refusal kTooManyHeaders{431, "TOO_MANY_HEADERS",
                                  "The request has too many headers; send fewer."};

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

bool HasControl(std::string_view text) { return std::any_of(text.begin(), text.end(), IsControl); }

// The line at the front of `rest`, without its CRLF. REQUIRES: `rest` holds a CRLF.
std::string_view TakeLine(std::string_view& rest) {
  const std::size_t end = rest.find("\r\n");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

std::optional<Refusal> CheckVersion(std::string_view version, Framing& framing) {
  framing.http_1_0 = version == "HTTP/1.0";
  if (framing.http_1_0 || version == "HTTP/1.1") return std::nullopt;
  const bool well_formed = version.size() == 8 && version.substr(0, 5) == "HTTP/" &&
                           IsDigit(version[5]) && version[6] == '.' && IsDigit(version[7]);
  if (!well_formed) return kBadRequestLine;
  return Refusal{505, "HTTP_VERSION_NOT_SUPPORTED", "This server speaks HTTP/1.1 and HTTP/1.0."};
}

std::optional<Refusal> ParseRequestLine(std::string_view line, const HeadLimits& limits,
                                        Request& request, Framing& framing) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return kBadRequestLine;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!IsToken(method)) return kBadRequestLine;
  if (target.empty() || HasControl(target) || target.find_first_of(" \t") != target.npos) {
    return kBadRequestLine;
  }
  request.method = method;
  request.target = target;
  if (auto refusal = CheckVersion(line.substr(last + 1), framing)) return refusal;
  if (target.size() > limits.target_bytes_max) return kTargetTooLong;
  if (method == "CONNECT") {
    return Refusal{501, "CONNECT_NOT_SUPPORTED", "This server is not a tunnel; call it directly."};
  }
  if (!TakeTargetApart(target, request)) {
    return Refusal{400, "MALFORMED_TARGET",
                   "The request target must be a path, or a URL with a host, and have no '#'."};
  }
  return std::nullopt;
}

std::optional<Refusal> ParseHeaderLine(std::string_view line, Request& request) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return kBadHeader;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = Trim(line.substr(colon + 1));
  if (!IsToken(name) || HasControl(value)) return kBadHeader;
  request.headers.push_back({name, value});
  return std::nullopt;
}

}  // namespace

HeadScanner::State HeadScanner::Scan(std::string_view bytes) {
  // The first byte already tells a TLS hello from a request: no need to wait for its end.
  if (!bytes.empty() && bytes[0] != '\r' && !IsTokenChar(bytes[0])) return State::kMalformed;
  while (true) {
    const std::size_t end = bytes.find('\n', scanned_);
    scanned_ = end == std::string_view::npos ? bytes.size() : end + 1;
    if (end == std::string_view::npos) return State::kMore;
    if (end == line_begin_ || bytes[end - 1] != '\r') return State::kMalformed;
    const bool empty_line = end - line_begin_ == 1;
    line_begin_ = end + 1;
    if (empty_line && seen_line_) return State::kComplete;
    if (empty_line && end > 1) return State::kMalformed;
    seen_line_ = seen_line_ || !empty_line;
  }
}

std::optional<Refusal> ParseHead(std::string_view raw, const HeadLimits& limits, Request& request,
                                 Framing& framing) {
  request.method = request.target = request.authority = request.path = request.query =
      std::string_view();
  request.headers.clear();
  framing = Framing();
  if (raw.substr(0, 2) == "\r\n") raw.remove_prefix(2);
  if (auto refusal = ParseRequestLine(TakeLine(raw), limits, request, framing)) return refusal;
  for (std::string_view line = TakeLine(raw); !line.empty(); line = TakeLine(raw)) {
    if (request.headers.size() == limits.header_count_max) return kTooManyHeaders;
    if (auto refusal = ParseHeaderLine(line, request)) return refusal;
  }
  return CheckFraming(request, framing);
}

Refusal HeadTooLarge(std::string_view raw, const HeadLimits& limits) {
  const std::size_t line_end = std::min(raw.find('\n'), raw.size());
  if (line_end > limits.target_bytes_max) return kTargetTooLong;
  return Refusal{431, "HEAD_TOO_LARGE", "The request's headers are too large; send less."};
}

Refusal HeadMalformed() {
  return Refusal{400, "MALFORMED_HEAD",
                 "Speak plain HTTP/1.1 to this port and end each line of the head with CRLF."};
}

}  // namespace kondor::http
