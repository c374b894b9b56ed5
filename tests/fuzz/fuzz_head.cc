// Request heads: however the bytes arrive, the scanner finds the same end; what the parser accepts
// points into those bytes, and what it refuses it refuses with an error status and a reason.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "mock_server/http/head.h"
#include "tests/fuzz/require.h"

namespace kondor::http {
namespace {

using fuzz::Require;

HeadScanner ScanInTwoPieces(std::string_view bytes, std::size_t first, HeadScanner::State& state) {
  HeadScanner scanner;
  state = scanner.Scan(bytes.substr(0, first));
  if (state == HeadScanner::State::kMore) state = scanner.Scan(bytes);
  return scanner;
}

void RequireInside(std::string_view part, std::string_view whole) {
  if (part.empty()) return;
  Require(std::less_equal<>()(whole.data(), part.data()));
  Require(std::less_equal<>()(part.data() + part.size(), whole.data() + whole.size()));
}

void Check(std::string_view bytes) {
  HeadScanner at_once;
  const HeadScanner::State state = at_once.Scan(bytes);
  HeadScanner::State state_in_two = state;
  const HeadScanner in_two = ScanInTwoPieces(bytes, bytes.size() / 2, state_in_two);
  Require(state == state_in_two);
  if (state != HeadScanner::State::kComplete) return;
  Require(at_once.size() == in_two.size());
  Require(at_once.size() <= bytes.size());

  const std::string_view raw = bytes.substr(0, at_once.size());
  const HeadLimits limits;
  Request request;
  Framing framing;
  const std::optional<Refusal> refusal = ParseHead(raw, limits, request, framing);
  if (refusal) {
    Require(refusal->status >= 400 && refusal->status < 600);
    Require(!refusal->code.empty() && !refusal->message.empty());
    return;
  }
  for (const std::string_view part : {request.method, request.target, request.query}) {
    RequireInside(part, raw);
  }
  if (request.path != "/") RequireInside(request.path, raw);  // "http://a" has none of its own
  Require(!request.method.empty() && !request.path.empty());
  Require(request.headers.size() <= limits.header_count_max);
  for (const HeaderView& header : request.headers) {
    RequireInside(header.name, raw);
    RequireInside(header.value, raw);
    Require(request.FindHeader(header.name) != nullptr);
  }
  Require((framing.body == BodyKind::kLength) == (framing.length > 0));
}

}  // namespace
}  // namespace kondor::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kondor::http::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
