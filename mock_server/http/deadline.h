// Instants of the machine's monotonic clock, for socket work only: the mock's own time is base's
// Clock, which a sandbox may stop; a socket's must run on.
#pragma once

#include <algorithm>
#include <chrono>

namespace kondor::http {

using Instant = std::chrono::steady_clock::time_point;

inline Instant SocketNow() { return std::chrono::steady_clock::now(); }

// What poll() may wait until `deadline`, in ms rounded up so that it never wakes too early.
inline int PollTimeout(Instant deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SocketNow()).count();
  return static_cast<int>(std::clamp<decltype(left)>(left, 0, 24 * 60 * 60 * 1000));
}

}  // namespace kondor::http
