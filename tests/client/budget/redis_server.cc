#include "tests/client/budget/redis_server.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <utility>

#include "base/sleeper.h"

namespace kondor::limiter {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kProgram = "/usr/bin/redis-server";

}  // namespace

std::unique_ptr<RedisServer> RedisServer::Start(const std::vector<std::string>& more_arguments) {
  if (::access(kProgram, X_OK) != 0) return nullptr;
  std::unique_ptr<RedisServer> server(new RedisServer(more_arguments));
  server->StartAgain();
  return server;
}

RedisServer::RedisServer(const std::vector<std::string>& more_arguments)
    : socket_(dir_.File("socket")), more_arguments_(more_arguments) {}

void RedisServer::StartAgain() {
  std::vector<std::string> words = {
      kProgram, "--port",       "0",  "--unixsocket", socket_,       "--save",
      "",       "--appendonly", "no", "--dir",        dir_.File(".")};
  words.insert(words.end(), more_arguments_.begin(), more_arguments_.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const std::string log = dir_.File("log");
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start redis-server");
  if (pid_ == 0) {
    // It is not to outlive a test that is killed.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), STDOUT_FILENO);
    ::execv(kProgram, argv.data());
    ::_exit(127);
  }
  const SystemClock clock;
  SystemSleeper sleeper(clock);
  const TimePoint late = clock.Now() + seconds(20);
  while (!RedisConnection::Connect({.host = {}, .socket_path = socket_}, seconds(1))) {
    if (clock.Now() > late) throw std::runtime_error("redis-server does not answer");
    sleeper.SleepUntil(clock.Now() + milliseconds(2), {});
  }
}

void RedisServer::Kill() {
  const pid_t pid = std::exchange(pid_, -1);
  if (pid < 0) return;
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

void RedisServer::Freeze() {
  ::kill(pid_, SIGSTOP);
  ::waitpid(pid_, nullptr, WUNTRACED);
}

void RedisServer::Thaw() { ::kill(pid_, SIGCONT); }

RedisReply RedisServer::Command(const std::vector<std::string>& words) {
  auto connection = RedisConnection::Connect({.host = {}, .socket_path = socket_}, seconds(10));
  if (!connection) throw std::runtime_error(connection.error().message);
  Result<RedisReply> reply = (*connection)->Command(words);
  if (!reply) throw std::runtime_error(reply.error().message);
  return *reply;
}

}  // namespace kondor::limiter
