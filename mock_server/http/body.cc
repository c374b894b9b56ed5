#include "mock_server/http/body.h"

#include <algorithm>
#include <cstdint>

#include "mock_server/http/chunked.h"
#include "mock_server/http/inflate.h"

namespace kondor::http {
namespace {

constexpr Refusal kTooLarge{413, "BODY_TOO_LARGE", "The request body is too large; send less."};
constexpr Refusal kTooSlow{408, "BODY_TIMEOUT", "The request body took too long; send it faster."};
constexpr Refusal kBadChunk{400, "MALFORMED_CHUNK", "The chunked body does not follow RFC 9112."};
constexpr Refusal kBadCoding{400, "MALFORMED_CONTENT_ENCODING",
                             "The body is not what its Content-Encoding says."};

std::optional<Refusal> Refill(Stream& stream, Instant deadline) {
  if (!stream.buffered().empty()) return std::nullopt;
  switch (stream.ReadUntil(deadline)) {
    case Stream::Read::kBytes:
      return std::nullopt;
    case Stream::Read::kTimeout:
      return kTooSlow;
    case Stream::Read::kEnd:
      break;
  }
  return kNobodyLeft;
}

// Where a body's pieces go once their framing is undone.
class Sink {
 public:
  Sink(Coding coding, std::size_t bytes_max, std::string& body)
      : bytes_max_(bytes_max), body_(body) {
    if (coding != Coding::kIdentity) inflater_.emplace(coding);
  }

  std::optional<Refusal> Take(std::string_view piece) {
    if (piece.size() > bytes_max_ - taken_) return kTooLarge;
    taken_ += piece.size();
    if (!inflater_) {
      body_.append(piece);
      return std::nullopt;
    }
    switch (inflater_->Feed(piece, body_, bytes_max_)) {
      case Inflater::State::kMore:
        return std::nullopt;
      case Inflater::State::kTooLarge:
        return kTooLarge;
      case Inflater::State::kCorrupt:
        break;
    }
    return kBadCoding;
  }

  std::optional<Refusal> End() const {
    // No bytes at all is an empty body whatever the coding says; clients do send that.
    if (inflater_ && taken_ > 0 && !inflater_->whole()) return kBadCoding;
    return std::nullopt;
  }

 private:
  const std::size_t bytes_max_;
  std::size_t taken_ = 0;
  std::string& body_;
  std::optional<Inflater> inflater_;
};

std::optional<Refusal> ReadLength(Stream& stream, std::uint64_t left, Instant deadline,
                                  Sink& sink) {
  while (left > 0) {
    if (auto refusal = Refill(stream, deadline)) return refusal;
    const std::string_view bytes = stream.buffered();
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
    if (auto refusal = sink.Take(bytes.substr(0, size))) return refusal;
    stream.Consume(size);
    left -= size;
  }
  return std::nullopt;
}

std::optional<Refusal> ReadChunks(Stream& stream, Instant deadline, Sink& sink) {
  ChunkedDecoder decoder;
  std::string piece;
  while (true) {
    if (auto refusal = Refill(stream, deadline)) return refusal;
    std::string_view rest = stream.buffered();
    piece.clear();
    const ChunkedDecoder::State state = decoder.Feed(rest, piece);
    stream.Consume(stream.buffered().size() - rest.size());
    if (state == ChunkedDecoder::State::kMalformed) return kBadChunk;
    if (auto refusal = sink.Take(piece)) return refusal;
    if (state == ChunkedDecoder::State::kDone) return std::nullopt;
  }
}

}  // namespace

std::optional<Refusal> ReadBody(Stream& stream, const Framing& framing, const BodyLimits& limits,
                                std::string& body) {
  body.clear();
  if (framing.body == BodyKind::kNone) return std::nullopt;
  if (framing.length > limits.bytes_max) return kTooLarge;
  if (framing.expects_continue && stream.buffered().empty() &&
      !stream.Write("HTTP/1.1 100 Continue\r\n\r\n", "", limits.deadline)) {
    return kNobodyLeft;
  }
  Sink sink(framing.coding, limits.bytes_max, body);
  auto refusal = framing.body == BodyKind::kLength
                     ? ReadLength(stream, framing.length, limits.deadline, sink)
                     : ReadChunks(stream, limits.deadline, sink);
  return refusal ? refusal : sink.End();
}

}  // namespace kondor::http
