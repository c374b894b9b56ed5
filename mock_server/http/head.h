// One request's head, from raw bytes to a checked Request or a refusal. Pure: no socket, no clock,
// so a fuzzer and a unit test reach every line. Nothing is decoded: the views point into the bytes.
//
// Strict where leniency lets two programs read one byte stream differently (request smuggling): a
// line ends in CRLF, a length is given once, a header's name touches its colon. Lenient where it
// hurts nobody: any method, raw UTF-8 in a target, a whole URL as target (a proxy sends it so).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mock_server/http/message.h"

namespace kondor::http {

// Why the edge answers by itself. Both texts are literals.
struct Refusal {
  int status = 400;
  std::string_view code;     // a stable word
  std::string_view message;  // for people; says the mend
};

// Nobody is left to answer.
inline constexpr Refusal kNobodyLeft{0, "", ""};

struct HeadLimits {
  std::size_t target_bytes_max = 32 * 1024;
  std::size_t header_count_max = 100;
};

enum class BodyKind { kNone, kLength, kChunked };
enum class Coding { kIdentity, kGzip, kDeflate };
enum class Persistence { kKeepAlive, kClose };

// How the bytes after the head are to be read, and whether another request may follow them.
struct Framing {
  BodyKind body = BodyKind::kNone;
  std::uint64_t length = 0;  // for kLength; never 0 there
  Coding coding = Coding::kIdentity;
  Persistence persistence = Persistence::kKeepAlive;
  bool expects_continue = false;
  bool http_1_0 = false;
};

// Looks for the empty line that ends a head, as bytes arrive.
class HeadScanner {
 public:
  enum class State { kMore, kComplete, kMalformed };

  // `bytes` is the head so far, from its first byte; each call adds to the one before.
  State Scan(std::string_view bytes);
  // Once kComplete: the size of the head, its empty line included.
  std::size_t size() const { return line_begin_; }

 private:
  std::size_t line_begin_ = 0;  // of the line not ended yet
  std::size_t scanned_ = 0;     // holds no line's end from line_begin_ up to here
  bool seen_line_ = false;      // an empty line before the request line is skipped (RFC 9112, 2.2)
};

// REQUIRES: `raw` is what HeadScanner found complete. Fills method, target, path, query and headers
// of `request` (whose views then point into `raw`) and `framing`. On a refusal `request` holds what
// was understood: its method, when not empty, says whether the answer may carry a body. Body and
// peer address are left alone.
std::optional<Refusal> ParseHead(std::string_view raw, const HeadLimits& limits, Request& request,
                                 Framing& framing);

// What to say of a head that grew over `head_bytes_max` before it ended.
Refusal HeadTooLarge(std::string_view raw, const HeadLimits& limits);
Refusal HeadMalformed();

}  // namespace kondor::http
