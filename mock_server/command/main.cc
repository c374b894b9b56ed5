// kondor-mock, from top to bottom: read the options, serve, wait for a signal, end.
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

#include "base/standard_streams.h"
#include "mock_server/command/banner.h"
#include "mock_server/command/log.h"
#include "mock_server/command/options.h"
#include "mock_server/command/port_file.h"
#include "mock_server/mock_server.h"

namespace kondor::command {
namespace {

constexpr int kUsage = 2;
constexpr int kFailed = 1;

int Fail(int code, const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return code;
}

// Blocked before any thread starts, so that every thread inherits it and only we receive them.
sigset_t BlockEndingSignals() {
  std::signal(SIGPIPE, SIG_IGN);  // a client that hangs up is no reason to end
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void Announce(const MockServer& server) {
  std::printf("kondor-mock ready on %s\n", server.url().c_str());
  if (isatty(STDOUT_FILENO) != 0) {
    std::fputs(Banner(server.url(), server.credentials()).c_str(), stdout);
  }
  std::fflush(stdout);
}

int Serve(Options options) {
  const sigset_t signals = BlockEndingSignals();
  StartLog(options.log);
  if (options.log.level == LogLevel::kDebug) {
    options.server.on_call = [](std::string_view line) { Log(LogLevel::kDebug, line); };
  }
  Result<std::unique_ptr<MockServer>> server = MockServer::Create(std::move(options.server));
  if (!server) return Fail(kUsage, "kondor-mock: " + server.error().message);
  if (Result<void> started = (*server)->Start(); !started) {
    return Fail(kFailed, "kondor-mock: " + started.error().message);
  }
  const std::string& port_file = options.port_file;
  if (!port_file.empty()) {
    if (Result<void> written = WritePortFile(port_file, (*server)->port()); !written) {
      return Fail(kFailed, "kondor-mock: " + written.error().message);
    }
  }
  Announce(**server);
  int received = 0;
  sigwait(&signals, &received);
  Log(LogLevel::kInfo, received == SIGINT ? "SIGINT: ending" : "SIGTERM: ending");
  (*server)->Stop();
  // A script that waits for the next mock must not find the port of this one.
  if (!port_file.empty()) ::unlink(port_file.c_str());
  return 0;
}

}  // namespace
}  // namespace kondor::command

int main(int argc, char** argv) {
  using namespace kondor::command;
  kondor::KeepStandardStreams();
  Parsed parsed = ParseOptions(argc, argv);
  if (parsed.exit) {
    std::fputs(parsed.exit->out.c_str(), stdout);
    if (!parsed.exit->error.empty()) std::fprintf(stderr, "%s\n", parsed.exit->error.c_str());
    return parsed.exit->code;
  }
  return Serve(std::move(parsed.options));
}
