// Ctrl-C and SIGTERM as a stop token: children are ended and what is known is reported. Not
// thread-safe; one at a time, made before any other thread is.
#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace kondor::judge {

class Interrupt {
 public:
  Interrupt();
  ~Interrupt();  // signals mean again what they meant

  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }
  bool happened() const { return source_.stop_requested(); }

 private:
  sigset_t before_{};
  std::stop_source source_;
  std::jthread waiter_;
};

}  // namespace kondor::judge
