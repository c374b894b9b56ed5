#include "tests/mock_server/command/mock_process.h"

#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

extern char** environ;

namespace kondor {
namespace {

constexpr int kPatienceMs = 20'000;

// Appends what can be read; false at the end of the stream or when nothing comes.
bool ReadMore(int pipe, std::string& text) {
  pollfd ready{pipe, POLLIN, 0};
  if (poll(&ready, 1, kPatienceMs) <= 0) return false;
  char buffer[4096];
  const ssize_t count = read(pipe, buffer, sizeof buffer);
  if (count <= 0) return false;
  text.append(buffer, static_cast<std::size_t>(count));
  return true;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

MockProcess::MockProcess(const std::vector<std::string>& flags,
                         const std::vector<std::string>& environment) {
  int out[2], err[2];
  if (pipe(out) != 0 || pipe(err) != 0) std::abort();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  for (const int fd : {out[0], out[1], err[0], err[1]}) {
    posix_spawn_file_actions_addclose(&actions, fd);
  }
  std::vector<std::string> arguments{KONDOR_MOCK_PATH};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  std::vector<std::string> variables = environment;
  for (char** variable = environ; *variable != nullptr; ++variable)
    variables.emplace_back(*variable);
  if (posix_spawn(&pid_, KONDOR_MOCK_PATH, &actions, nullptr, Pointers(arguments).data(),
                  Pointers(variables).data()) != 0) {
    pid_ = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  close(err[1]);
  out_pipe_ = out[0];
  err_pipe_ = err[0];
}

MockProcess::~MockProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(out_pipe_);
  close(err_pipe_);
}

std::string MockProcess::FirstLine() {
  while (out_.find('\n') == std::string::npos) {
    if (!ReadMore(out_pipe_, out_)) return {};
  }
  return out_.substr(0, out_.find('\n'));
}

int MockProcess::Port() {
  const std::string line = FirstLine();
  const std::size_t colon = line.rfind(':');
  return colon == std::string::npos ? 0 : std::atoi(line.c_str() + colon + 1);
}

void MockProcess::Signal(int number) const { kill(pid_, number); }

std::optional<int> MockProcess::ExitCode() {
  while (ReadMore(out_pipe_, out_)) {
  }
  while (ReadMore(err_pipe_, err_)) {
  }
  if (pid_ <= 0) return {};
  // A descriptor of the process becomes readable when it ends: a wait with an end, without a timer.
  const int process = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended{process, POLLIN, 0};
  const bool done = process >= 0 && poll(&ended, 1, kPatienceMs) == 1;
  if (process >= 0) close(process);
  if (!done) return {};
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

}  // namespace kondor
