#include "mock_server/http/inflate.h"

#include <algorithm>
#include <array>

namespace kondor::http {
namespace {

constexpr int kWindowBits = 15;   // the largest window
constexpr int kGzipWrapper = 16;  // added to the above, zlib's way to ask for gzip
constexpr std::size_t kPieceBytes = 16 * 1024;

}  // namespace

Inflater::Inflater(Coding coding) {
  ready_ =
      inflateInit2(&stream_, kWindowBits + (coding == Coding::kGzip ? kGzipWrapper : 0)) == Z_OK;
}

Inflater::~Inflater() {
  if (ready_) inflateEnd(&stream_);
}

Inflater::State Inflater::Feed(std::string_view input, std::string& out,
                               std::size_t out_bytes_max) {
  if (!ready_) return State::kCorrupt;
  stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
  stream_.avail_in = static_cast<uInt>(input.size());
  std::array<Bytef, kPieceBytes> piece;
  bool filled = false;  // zlib may hold more output than fitted in the last piece
  while (stream_.avail_in > 0 || filled) {
    // Streams may follow one another (RFC 1952, 2.2).
    if (whole_ && inflateReset(&stream_) != Z_OK) return State::kCorrupt;
    whole_ = false;
    stream_.next_out = piece.data();
    stream_.avail_out = static_cast<uInt>(piece.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) return State::kCorrupt;
    const std::size_t made = piece.size() - stream_.avail_out;
    if (made > out_bytes_max - out.size()) return State::kTooLarge;
    out.append(reinterpret_cast<const char*>(piece.data()), made);
    whole_ = status == Z_STREAM_END;
    filled = stream_.avail_out == 0 && !whole_;
  }
  return State::kMore;
}

}  // namespace kondor::http
