#include "mock_server/http/chunked.h"

#include <algorithm>

#include "mock_server/http/ascii.h"

namespace kondor::http {
namespace {

constexpr int kSizeDigitsMax = 15;  // so that the size cannot overflow
constexpr std::size_t kIgnoredBytesMax = 8 * 1024;

}  // namespace

ChunkedDecoder::State ChunkedDecoder::Feed(std::string_view& bytes, std::string& data) {
  while (!bytes.empty() && part_ != Part::kDone && part_ != Part::kMalformed) {
    if (part_ == Part::kData) {
      TakeData(bytes, data);
    } else {
      part_ = TakeByte(bytes.front());
      bytes.remove_prefix(1);
    }
  }
  if (part_ == Part::kDone) return State::kDone;
  return part_ == Part::kMalformed ? State::kMalformed : State::kMore;
}

void ChunkedDecoder::TakeData(std::string_view& bytes, std::string& data) {
  const std::size_t size =
      static_cast<std::size_t>(std::min<std::uint64_t>(chunk_left_, bytes.size()));
  data.append(bytes.substr(0, size));
  bytes.remove_prefix(size);
  chunk_left_ -= size;
  if (chunk_left_ == 0) part_ = Part::kDataEnd;
}

ChunkedDecoder::Part ChunkedDecoder::TakeByte(char c) {
  const bool line_ends = after_cr_ && c == '\n';
  // A bare CR or LF is where two readers of one stream begin to disagree.
  if (after_cr_ != (c == '\n')) return Part::kMalformed;
  after_cr_ = c == '\r';
  if (part_ == Part::kTrailer) return TakeTrailerByte(c);
  if (after_cr_) return part_;
  if (part_ == Part::kDataEnd) return line_ends ? Part::kSize : Part::kMalformed;
  if (line_ends) return EndOfSizeLine();
  if (part_ == Part::kSize) return TakeSizeByte(c);
  return ++ignored_bytes_ > kIgnoredBytesMax ? Part::kMalformed : Part::kExtension;
}

ChunkedDecoder::Part ChunkedDecoder::TakeSizeByte(char c) {
  const int digit = HexValue(c);
  if (digit < 0) {
    const bool extension = c == ';' || c == ' ' || c == '\t';
    return extension && size_digits_ > 0 ? Part::kExtension : Part::kMalformed;
  }
  if (++size_digits_ > kSizeDigitsMax) return Part::kMalformed;
  chunk_left_ = chunk_left_ * 16 + static_cast<std::uint64_t>(digit);
  return Part::kSize;
}

ChunkedDecoder::Part ChunkedDecoder::EndOfSizeLine() {
  if (size_digits_ == 0) return Part::kMalformed;
  size_digits_ = 0;
  return chunk_left_ > 0 ? Part::kData : Part::kTrailer;
}

ChunkedDecoder::Part ChunkedDecoder::TakeTrailerByte(char c) {
  if (c == '\n') {
    const bool empty_line = line_bytes_ == 0;
    line_bytes_ = 0;
    return empty_line ? Part::kDone : Part::kTrailer;
  }
  if (c != '\r') ++line_bytes_;
  return ++ignored_bytes_ > kIgnoredBytesMax ? Part::kMalformed : Part::kTrailer;
}

}  // namespace kondor::http
