#include "tests/process/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern char** environ;

namespace kondor {
namespace {

constexpr int kMostMs = 20'000;

// Appends what can be read; false at the end of the stream or when nothing comes.
bool ReadMore(int pipe, std::string& text) {
  pollfd ready{pipe, POLLIN, 0};
  if (poll(&ready, 1, kMostMs) <= 0) return false;
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

// Ours, but for what a person at this machine may have set for the vendors or the terminal.
std::vector<std::string> EnvironmentWith(std::vector<std::string> variables) {
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const auto begins = [&](const char* prefix) { return text.starts_with(prefix); };
    if (begins("KOND") || begins("QONDOR") || begins("TERM=") || begins("NO_COLOR")) continue;
    variables.emplace_back(text);
  }
  variables.emplace_back("TERM=xterm");
  return variables;
}

struct Ends {
  int ours;
  int theirs;
};

Ends Pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  return {ends[0], ends[1]};
}

Ends Terminal() {
  const int ours = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (ours < 0 || grantpt(ours) != 0 || unlockpt(ours) != 0) {
    std::perror("this test needs a pseudo-terminal, which a bare chroot lacks: mount /dev/pts");
    std::abort();
  }
  return {ours, open(ptsname(ours), O_RDWR | O_NOCTTY | O_CLOEXEC)};
}

Ends FilledWith(const std::string& text) {
  const Ends ends = Pipe();
  if (write(ends.theirs, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    std::abort();
  close(ends.theirs);
  return {-1, ends.ours};
}

}  // namespace

Process::Process(const std::string& program, const std::vector<std::string>& words,
                 const Setting& setting) {
  const Ends in = setting.in == Stdin::kPipe ? FilledWith(setting.input) : Terminal();
  const Ends out = Pipe();
  const Ends err = setting.err == Stderr::kPipe ? Pipe() : Terminal();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.theirs, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.theirs, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.theirs, STDERR_FILENO);
  if (!setting.stdout_file.empty()) {
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, setting.stdout_file.c_str(), O_WRONLY,
                                     0);
  }
  std::vector<std::string> arguments{program};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::vector<std::string> variables = EnvironmentWith(setting.environment);
  if (posix_spawn(&pid_, program.c_str(), &actions, nullptr, Pointers(arguments).data(),
                  Pointers(variables).data()) != 0) {
    pid_ = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  for (const int descriptor : {in.theirs, out.theirs, err.theirs}) close(descriptor);
  in_terminal_ = in.ours;
  out_pipe_ = out.ours;
  err_pipe_ = err.ours;
}

Process::~Process() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  for (const int descriptor : {in_terminal_, out_pipe_, err_pipe_}) {
    if (descriptor >= 0) close(descriptor);
  }
}

bool Process::Says(int pipe, std::string& so_far, const std::string& text) {
  while (so_far.find(text) == std::string::npos) {
    if (!ReadMore(pipe, so_far)) return false;
  }
  return true;
}

void Process::Signal(int number) const { kill(pid_, number); }

std::optional<int> Process::ExitCode() {
  while (ReadMore(out_pipe_, out_)) {
  }
  while (ReadMore(err_pipe_, err_)) {
  }
  if (pid_ <= 0) return {};
  // A descriptor of the process becomes readable when it ends: a wait with an end, without a timer.
  const int process = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended{process, POLLIN, 0};
  const bool done = process >= 0 && poll(&ended, 1, kMostMs) == 1;
  if (process >= 0) close(process);
  if (!done) return {};
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

}  // namespace kondor
