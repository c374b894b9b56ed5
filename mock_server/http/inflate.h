// Undoes a body's Content-Encoding piece by piece, never past a bound: a decompression bomb is
// noticed while it is still small. Pure. Not thread-safe.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "mock_server/http/head.h"

namespace kondor::http {

class Inflater {
 public:
  enum class State { kMore, kTooLarge, kCorrupt };

  // REQUIRES: `coding` is kGzip or kDeflate (the zlib format, as RFC 9110, 8.4.1.2 has it).
  explicit Inflater(Coding coding);
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Appends what `input` holds to `out`, which never grows over `out_bytes_max`.
  State Feed(std::string_view input, std::string& out, std::size_t out_bytes_max);
  // True when everything fed so far makes whole streams, none cut short.
  bool whole() const { return whole_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
  bool whole_ = false;
};

}  // namespace kondor::http
