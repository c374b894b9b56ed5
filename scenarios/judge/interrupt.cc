#include "scenarios/judge/interrupt.h"

#include <pthread.h>

#include <ctime>

namespace kondor::judge {
namespace {

sigset_t EndingSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, number);
  return signals;
}

}  // namespace

Interrupt::Interrupt() {
  std::signal(SIGPIPE, SIG_IGN);
  // Blocked here, so that every thread made later inherits it and only the waiter receives them.
  const sigset_t signals = EndingSignals();
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
  waiter_ = std::jthread([this, signals](const std::stop_token& over) {
    const timespec moment{0, 50'000'000};
    while (!over.stop_requested()) {
      if (sigtimedwait(&signals, nullptr, &moment) > 0) source_.request_stop();
    }
  });
}

Interrupt::~Interrupt() {
  waiter_.request_stop();
  waiter_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace kondor::judge
