// A listening socket and the library's loop that accepts from it; what is accepted is handed on.
//
// Its source is the only file that knows cpp-httplib. Of that server only the outside is used,
// binding and accepting: nearly each thing it does inside a connection has a trap. So has the
// outside, and these are cured here: two servers can share one port (SO_REUSEPORT), or one name
// with several addresses; only 5 connections may wait to be accepted; answers wait 40 ms for
// Nagle's algorithm; stop() closes a descriptor that another thread still uses, and is lost when
// it comes before the loop runs; an unusual failure of accept() ends the loop for good; a full
// table of descriptors makes it spin (the caller's Hire sees to that).
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"

namespace kondor::http {

// Not thread-safe, except for Stop().
class Acceptor {
 public:
  // Called for each connection with a job that serves it, to be run on another thread, while the
  // acceptor exists but no matter whether Run() still runs. May block: nothing is accepted until it
  // returns.
  using Hire = std::function<void(std::function<void()> job)>;
  // Serves one connection and closes its socket.
  using Serve = std::function<void(int socket)>;

  Acceptor(Hire hire, Serve serve);
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // From here on clients can connect; they are accepted once Run() is called.
  Result<void> Listen(const std::string& host, int port);
  int port() const { return port_; }

  // Accepts until Stop(), or until the system refuses (out of memory or descriptors): call again
  // after a pause. REQUIRES: Listen() succeeded.
  void Run();
  // Ends Run(), running or not yet called, for good. Thread-safe.
  void Stop();

 private:
  class LibraryServer;

  const Hire hire_;
  const Serve serve_;
  int listener_ = -1;  // ours; the library gets a duplicate, which it closes when it likes
  int port_ = 0;
};

}  // namespace kondor::http
