// A kondor-mock of our own: started with flags, watched through its pipes, always ended.
// Not thread-safe: one test's own.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace kondor {

class MockProcess {
 public:
  // `environment` is added to the test's own: "NAME=value".
  explicit MockProcess(const std::vector<std::string>& flags,
                       const std::vector<std::string>& environment = {});
  ~MockProcess();  // kills it if it still runs

  MockProcess(const MockProcess&) = delete;
  MockProcess& operator=(const MockProcess&) = delete;

  // Its first line on stdout; empty when it ended or 20 s passed without one.
  std::string FirstLine();
  // The port in that line; 0 when there was none.
  int Port();
  void Signal(int number) const;
  // Its exit code once it ended; nothing when 20 s passed, or a signal ended it.
  std::optional<int> ExitCode();
  // All it wrote, once it ended. REQUIRES: ExitCode() was called.
  const std::string& out() const { return out_; }
  const std::string& err() const { return err_; }

 private:
  pid_t pid_ = -1;
  int out_pipe_ = -1;
  int err_pipe_ = -1;
  std::string out_;
  std::string err_;
};

}  // namespace kondor
