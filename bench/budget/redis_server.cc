#include "bench/budget/redis_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/sleeper.h"

namespace kondor::limiter {
namespace {

constexpr const char* kProgram = "/usr/bin/redis-server";

int FreePort() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  void* const generic = &address;
  ::bind(socket, static_cast<const sockaddr*>(generic), size);
  ::getsockname(socket, static_cast<sockaddr*>(generic), &size);
  ::close(socket);
  return ::ntohs(address.sin_port);
}

}  // namespace

BenchRedis::BenchRedis() : port_(FreePort()) {
  directory_ = (std::filesystem::temp_directory_path() / "kondor-bench-XXXXXX").string();
  if (::mkdtemp(directory_.data()) == nullptr) return;
  std::vector<std::string> words = {kProgram,
                                    "--bind",
                                    "127.0.0.1",
                                    "--port",
                                    std::to_string(port_),
                                    "--unixsocket",
                                    directory_ + "/socket",
                                    "--save",
                                    "",
                                    "--appendonly",
                                    "no",
                                    "--dir",
                                    directory_,
                                    "--logfile",
                                    directory_ + "/log"};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ != 0) return;
  // It is not to outlive a benchmark that is killed.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::execv(kProgram, argv.data());
  ::_exit(127);
}

std::unique_ptr<BenchRedis> BenchRedis::Start() {
  if (::access(kProgram, X_OK) != 0) return nullptr;
  std::unique_ptr<BenchRedis> server(new BenchRedis);
  if (server->pid_ < 0) return nullptr;
  const SystemClock clock;
  SystemSleeper sleeper(clock);
  sleeper.SleepUntil(clock.Now() + std::chrono::milliseconds(2'500), {});
  return server;
}

BenchRedis::~BenchRedis() {
  if (pid_ > 0) {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

}  // namespace kondor::limiter
