// Writing to a connection that the other side has reset raises SIGPIPE, which ends a program that
// does not expect it; the HTTP library neither asks the system to leave that out nor catches it.
#pragma once

#include <csignal>
#include <ctime>

namespace kondor::client {

// While it lives, its thread is not sent SIGPIPE for what it writes. Not thread-safe.
class NoSigpipe {
 public:
  NoSigpipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;
  ~NoSigpipe() {
    if (sigismember(&before_, SIGPIPE) == 1) return;
    // One that waits to be delivered is ours, and for nothing.
    const timespec at_once{};
    sigtimedwait(&pipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_;
  sigset_t before_;
};

}  // namespace kondor::client
