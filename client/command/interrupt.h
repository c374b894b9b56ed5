// Ctrl-C, as something that can be waited for: the first one asks to stop, the second ends the
// program on the spot. SIGTERM is the same.
#pragma once

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace kondor::client::command {

// Thread-safe. One in a program, made before any other thread is: they inherit what it blocks.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  std::stop_token token() const { return asked_.get_token(); }

 private:
  void Watch();

  sigset_t signals_;  // constant
  std::stop_source asked_;
  std::atomic<bool> ending_ = false;
  std::jthread thread_;  // last: it uses all the others
};

}  // namespace kondor::client::command
