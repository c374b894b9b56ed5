// Takes a chunked body apart (RFC 9112, 7.1) as its bytes arrive. Pure. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kondor::http {

class ChunkedDecoder {
 public:
  enum class State { kMore, kDone, kMalformed };

  // Moves what is data from the front of `bytes` to the end of `data`; `bytes` keeps what belongs
  // to the next request once the state is kDone. Extensions and trailers are skipped, bounded.
  State Feed(std::string_view& bytes, std::string& data);

 private:
  enum class Part { kSize, kExtension, kData, kDataEnd, kTrailer, kDone, kMalformed };

  void TakeData(std::string_view& bytes, std::string& data);
  Part TakeByte(char c);
  Part TakeSizeByte(char c);
  Part EndOfSizeLine();
  Part TakeTrailerByte(char c);

  Part part_ = Part::kSize;
  std::uint64_t chunk_left_ = 0;
  int size_digits_ = 0;
  bool after_cr_ = false;
  std::size_t line_bytes_ = 0;     // of the trailer line under way
  std::size_t ignored_bytes_ = 0;  // extensions and trailers of the whole body
};

}  // namespace kondor::http
