// A byte stream to a server, plain or TLS. Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/wire/url.h"

namespace kondor::scenarios {

class Stream {
 public:
  virtual ~Stream() = default;
  virtual Result<void> Write(std::string_view bytes) = 0;
  // How many bytes came; 0 at the end of the stream.
  virtual Result<std::size_t> Read(std::span<char> into) = 0;
  // Whether the other side has closed it while nobody was looking.
  virtual bool Ended() const = 0;
};

// `patience` bounds each wait. kTransport says what happened, in words.
Result<std::unique_ptr<Stream>> Connect(const Url& url, Duration patience);

}  // namespace kondor::scenarios
