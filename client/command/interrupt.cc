#include "client/command/interrupt.h"

#include <pthread.h>
#include <unistd.h>

#include "client/command/exit_code.h"

namespace kondor::client::command {

Interrupt::Interrupt() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::jthread([this] { Watch(); });
}

Interrupt::~Interrupt() {
  ending_ = true;
  // NOLINTNEXTLINE(bugprone-bad-signal-to-kill-thread): it waits for this one; only to wake it
  pthread_kill(thread_.native_handle(), SIGTERM);
}

void Interrupt::Watch() {
  for (;;) {
    int number = 0;
    sigwait(&signals_, &number);
    if (ending_) return;
    if (!asked_.request_stop()) ::_exit(static_cast<int>(ExitCode::kCancelled));
  }
}

}  // namespace kondor::client::command
