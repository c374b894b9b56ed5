#include "mock_server/http/response_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "mock_server/http/ascii.h"

namespace kondor::http {
namespace {

struct Phrase {
  int status;
  std::string_view text;
};

// IANA's HTTP Status Code Registry, in order.
constexpr std::array kPhrases = {
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{203, "Non-Authoritative Information"},
    Phrase{204, "No Content"},
    Phrase{205, "Reset Content"},
    Phrase{206, "Partial Content"},
    Phrase{207, "Multi-Status"},
    Phrase{300, "Multiple Choices"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Found"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{307, "Temporary Redirect"},
    Phrase{308, "Permanent Redirect"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{402, "Payment Required"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{407, "Proxy Authentication Required"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{411, "Length Required"},
    Phrase{412, "Precondition Failed"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{416, "Range Not Satisfiable"},
    Phrase{417, "Expectation Failed"},
    Phrase{421, "Misdirected Request"},
    Phrase{422, "Unprocessable Content"},
    Phrase{423, "Locked"},
    Phrase{424, "Failed Dependency"},
    Phrase{425, "Too Early"},
    Phrase{426, "Upgrade Required"},
    Phrase{428, "Precondition Required"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{451, "Unavailable For Legal Reasons"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{502, "Bad Gateway"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
    Phrase{507, "Insufficient Storage"},
    Phrase{511, "Network Authentication Required"},
};

bool EndsLine(char c) { return c == '\r' || c == '\n' || c == '\0'; }

void AppendOneLine(std::string_view text, std::string& out) {
  const std::size_t begin = out.size();
  out.append(text);
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), EndsLine, ' ');
}

void AppendHeader(std::string_view name, std::string_view value, std::string& out) {
  out.append(name).append(": ");
  AppendOneLine(value, out);
  out.append("\r\n");
}

template <typename Number>
void AppendNumber(Number number, std::string& out) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

bool IsOursToSay(std::string_view name) {
  return EqualsIgnoreCase(name, "Connection") || EqualsIgnoreCase(name, "Content-Length") ||
         EqualsIgnoreCase(name, "Keep-Alive") || EqualsIgnoreCase(name, "Transfer-Encoding");
}

}  // namespace

std::string_view ReasonPhrase(int status) {
  const auto found =
      std::lower_bound(kPhrases.begin(), kPhrases.end(), status,
                       [](const Phrase& phrase, int wanted) { return phrase.status < wanted; });
  return found != kPhrases.end() && found->status == status ? found->text : std::string_view();
}

void AppendResponseHead(const Response& response, const Framing& request, Persistence persistence,
                        std::string& out) {
  out.append("HTTP/1.1 ");
  AppendNumber(response.status, out);
  out.push_back(' ');
  AppendOneLine(response.reason.empty() ? ReasonPhrase(response.status) : response.reason, out);
  out.append("\r\n");
  for (const Header& header : response.headers) {
    const bool token =
        !header.name.empty() && std::all_of(header.name.begin(), header.name.end(), IsTokenChar);
    if (token && !IsOursToSay(header.name)) AppendHeader(header.name, header.value, out);
  }
  if (!response.content_type.empty()) AppendHeader("Content-Type", response.content_type, out);
  const bool claimed = response.delivery != nullptr && response.delivery->claimed_length;
  if (claimed || MayHaveBody(response.status)) {
    out.append("Content-Length: ");
    AppendNumber(claimed ? *response.delivery->claimed_length : response.body.size(), out);
    out.append("\r\n");
  }
  if (persistence == Persistence::kClose) {
    out.append("Connection: close\r\n");
  } else if (request.http_1_0) {
    out.append("Connection: keep-alive\r\n");
  }
  out.append("\r\n");
}

}  // namespace kondor::http
