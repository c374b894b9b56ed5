// The bytes of one connection, read through a small buffer and written at once, each wait bounded.
// Not thread-safe, but another thread may shut the socket down: waits then end at once.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "mock_server/http/deadline.h"

namespace kondor::http {

class Stream {
 public:
  enum class Read { kBytes, kEnd, kTimeout };

  // Does not own `socket`. `idle_time_max` bounds Await().
  Stream(int socket, std::chrono::milliseconds idle_time_max);
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Bytes read and not consumed yet. The next read invalidates the view.
  std::string_view buffered() const { return {buffer_.data() + begin_, end_ - begin_}; }
  // REQUIRES: size <= buffered().size().
  void Consume(std::size_t size) { begin_ += size; }

  // Blocks in one system call until the client sends something; for the wait between requests.
  // REQUIRES: nothing is buffered.
  Read Await();
  // What is there already, or else what comes until `deadline`. REQUIRES: nothing is buffered.
  Read ReadUntil(Instant deadline);

  // Both texts in one packet where they fit. False when the client does not take them in time.
  bool Write(std::string_view head, std::string_view body, Instant deadline);

  enum class Wait { kOver, kGone };
  // Until `wake_descriptor` is readable or `deadline` has come (kOver), or the client has closed or
  // its socket was shut down (kGone). A client that closes its sending side counts as gone: nothing
  // tells it from one that has given up.
  Wait AwaitWake(int wake_descriptor, std::optional<Instant> deadline);

  // Closing will reset the connection.
  void ResetAtClose();

  // Tells the client that no more comes, then takes in what it still sends: closing with bytes
  // unread would reset the connection and could destroy the answer on its way.
  void EndGently(Instant deadline);

 private:
  Read Receive(int flags);

  const int socket_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::array<char, 8 * 1024> buffer_;
};

}  // namespace kondor::http
