#include "tests/client/budget/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace kondor::limiter {

Reports::Reports() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  outlet_ = ends[0];
  inlet_ = ends[1];
}

Reports::~Reports() {
  ::close(outlet_);
  ::close(inlet_);
}

TimePoint Reports::Next(Duration patience) {
  pollfd ready{outlet_, POLLIN, 0};
  const auto millis = std::chrono::ceil<std::chrono::milliseconds>(patience).count();
  if (::poll(&ready, 1, static_cast<int>(millis)) != 1) return TimePoint::max();
  std::int64_t count = 0;
  if (::read(outlet_, &count, sizeof count) != sizeof count) return TimePoint::max();
  return TimePoint(Duration(count));
}

std::vector<TimePoint> Reports::Rest() {
  std::vector<TimePoint> reports;
  for (TimePoint next = Next({}); next != TimePoint::max(); next = Next({}))
    reports.push_back(next);
  return reports;
}

WorkerProcess::WorkerProcess(const std::string& kind, const std::string& where,
                             const std::string& what, const Reports& reports) {
  std::string program = KONDOR_BUDGET_WORKER;
  std::array<std::string, 3> words = {kind, where, what};
  std::array<char*, 5> argv = {program.data(), words[0].data(), words[1].data(), words[2].data(),
                               nullptr};
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + program);
  if (pid_ == 0) {
    // It is not to outlive a test that is killed.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(reports.inlet(), STDOUT_FILENO);
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)) {}

WorkerProcess& WorkerProcess::operator=(WorkerProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  return *this;
}

void WorkerProcess::Kill() {
  const pid_t pid = std::exchange(pid_, -1);
  if (pid < 0) return;
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

}  // namespace kondor::limiter
