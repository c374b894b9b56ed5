// A connected TCP socket that closes itself. Not thread-safe.
#pragma once

#include <string>
#include <utility>

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/wire/url.h"

namespace kondor::scenarios {

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  Socket& operator=(Socket&&) = delete;
  ~Socket();

  int descriptor() const { return descriptor_; }
  bool Ended() const;  // closed by the other side, or holding bytes nobody asked for

 private:
  int descriptor_;
};

Result<Socket> ConnectSocket(const Url& url, Duration patience);

// "what: the reason errno gives".
std::string WithReason(const std::string& what);

}  // namespace kondor::scenarios
