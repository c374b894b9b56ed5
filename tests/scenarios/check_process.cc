#include "tests/scenarios/check_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

extern char** environ;

namespace kondor::scenarios {
namespace {

constexpr int kPatienceMs = 25'000;

}  // namespace

CheckProcess::CheckProcess(const std::vector<std::string>& flags) {
  int out[2], error[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(error, O_CLOEXEC) != 0) std::abort();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, error[1], STDERR_FILENO);
  std::vector<std::string> arguments{KONDOR_CHECK_PATH};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  if (posix_spawn(&pid_, KONDOR_CHECK_PATH, &actions, nullptr, pointers.data(), environ) != 0) {
    pid_ = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  close(error[1]);
  out_pipe_ = out[0];
  error_pipe_ = error[0];
}

CheckProcess::~CheckProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  for (const int descriptor : {out_pipe_, error_pipe_}) {
    if (descriptor >= 0) close(descriptor);
  }
}

// False once both streams have ended, or nothing comes.
bool CheckProcess::ReadSome() {
  pollfd pipes[] = {{out_pipe_, POLLIN, 0}, {error_pipe_, POLLIN, 0}};
  if (poll(pipes, 2, kPatienceMs) <= 0) return false;
  for (int i = 0; i < 2; ++i) {
    if (pipes[i].revents == 0) continue;
    char buffer[4096];
    const ssize_t count = read(pipes[i].fd, buffer, sizeof buffer);
    if (count > 0) {
      (i == 0 ? out_ : error_).append(buffer, static_cast<std::size_t>(count));
      return true;
    }
    int& pipe = i == 0 ? out_pipe_ : error_pipe_;
    close(pipe);
    pipe = -1;  // poll() passes it over
  }
  return out_pipe_ >= 0 || error_pipe_ >= 0;
}

void CheckProcess::Signal(int number) const { kill(pid_, number); }

void CheckProcess::WaitForOutput() {
  while (out_.empty() && error_.empty() && ReadSome()) {
  }
}

int CheckProcess::ExitCode() {
  while (ReadSome()) {
  }
  if (pid_ <= 0 || out_pipe_ >= 0 || error_pipe_ >= 0) return -1;
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace kondor::scenarios
