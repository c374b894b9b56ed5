#include "mock_server/http/framing.h"

#include <algorithm>
#include <charconv>

#include "mock_server/http/ascii.h"

namespace kondor::http {
namespace {

constexpr Refusal kBadHost{400, "BAD_HOST", "Send exactly one Host header with a host's name."};
constexpr Refusal kBadLength{400, "BAD_CONTENT_LENGTH",
                             "Send one Content-Length, a decimal number of bytes."};
constexpr Refusal kLengthAndChunks{400, "AMBIGUOUS_BODY_LENGTH",
                                   "Send either Content-Length or Transfer-Encoding, not both."};
constexpr Refusal kBadTransferEncoding{501, "TRANSFER_ENCODING_NOT_SUPPORTED",
                                       "The only Transfer-Encoding understood is chunked."};

// The headers that matter here, each with how often it came.
struct Found {
  int hosts = 0;
  int lengths = 0;
  int transfer_encodings = 0;
  int content_encodings = 0;
  std::string_view host, length, transfer_encoding, content_encoding;
};

// True when `token` is in the comma-separated `list`, compared without case.
bool ListHas(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (EqualsIgnoreCase(Trim(list.substr(0, comma)), token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

Found FindAll(const Request& request, Framing& framing) {
  Found found;
  bool close = false;
  bool keep = false;
  for (const HeaderView& header : request.headers) {
    if (EqualsIgnoreCase(header.name, "Host")) {
      ++found.hosts;
      found.host = header.value;
    } else if (EqualsIgnoreCase(header.name, "Content-Length")) {
      ++found.lengths;
      found.length = header.value;
    } else if (EqualsIgnoreCase(header.name, "Transfer-Encoding")) {
      ++found.transfer_encodings;
      found.transfer_encoding = header.value;
    } else if (EqualsIgnoreCase(header.name, "Content-Encoding")) {
      ++found.content_encodings;
      found.content_encoding = header.value;
    } else if (EqualsIgnoreCase(header.name, "Connection")) {
      close = close || ListHas(header.value, "close");
      keep = keep || ListHas(header.value, "keep-alive");
    }
  }
  const bool persists = framing.http_1_0 ? keep && !close : !close;
  framing.persistence = persists ? Persistence::kKeepAlive : Persistence::kClose;
  return found;
}

std::optional<Refusal> CheckLength(const Found& found, Framing& framing) {
  if (found.transfer_encodings > 0) {
    if (found.lengths > 0 || framing.http_1_0) return kLengthAndChunks;
    if (found.transfer_encodings > 1 || !EqualsIgnoreCase(found.transfer_encoding, "chunked")) {
      return kBadTransferEncoding;
    }
    framing.body = BodyKind::kChunked;
    return std::nullopt;
  }
  // No length at all is an empty body for every method: `curl -X POST` sends none (rule K7).
  if (found.lengths == 0) return std::nullopt;
  const char* const end = found.length.data() + found.length.size();
  const auto [stop, error] = std::from_chars(found.length.data(), end, framing.length);
  if (found.lengths > 1 || error != std::errc() || stop != end) return kBadLength;
  if (framing.length > 0) framing.body = BodyKind::kLength;
  return std::nullopt;
}

std::optional<Refusal> CheckCoding(const Found& found, Framing& framing) {
  if (framing.body == BodyKind::kNone || found.content_encodings == 0) return std::nullopt;
  if (found.content_encodings == 1) {
    const std::string_view coding = found.content_encoding;
    if (coding.empty() || EqualsIgnoreCase(coding, "identity")) return std::nullopt;
    const bool gzip = EqualsIgnoreCase(coding, "gzip") || EqualsIgnoreCase(coding, "x-gzip");
    if (gzip || EqualsIgnoreCase(coding, "deflate")) {
      framing.coding = gzip ? Coding::kGzip : Coding::kDeflate;
      return std::nullopt;
    }
  }
  return Refusal{415, "CONTENT_ENCODING_NOT_SUPPORTED",
                 "Send the body plain, or with one Content-Encoding: gzip or deflate."};
}

std::optional<Refusal> CheckExpectation(const Request& request, Framing& framing) {
  const HeaderView* const expect = request.FindHeader("Expect");
  if (expect == nullptr || framing.http_1_0) return std::nullopt;
  if (!EqualsIgnoreCase(expect->value, "100-continue")) {
    return Refusal{417, "EXPECTATION_FAILED", "The only Expect understood is 100-continue."};
  }
  framing.expects_continue = framing.body != BodyKind::kNone;
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> CheckFraming(const Request& request, Framing& framing) {
  const Found found = FindAll(request, framing);
  if (found.hosts > 1 || (found.hosts == 0 && !framing.http_1_0)) return kBadHost;
  if (!std::all_of(found.host.begin(), found.host.end(), IsHostChar)) return kBadHost;
  if (auto refusal = CheckLength(found, framing)) return refusal;
  if (auto refusal = CheckCoding(found, framing)) return refusal;
  return CheckExpectation(request, framing);
}

}  // namespace kondor::http
