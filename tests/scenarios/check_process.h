// kondor-check as a process, with all it says.
#pragma once

#include <string>
#include <vector>

namespace kondor::scenarios {

class CheckProcess {
 public:
  explicit CheckProcess(const std::vector<std::string>& flags);
  ~CheckProcess();  // ends it if it has not ended

  CheckProcess(const CheckProcess&) = delete;
  CheckProcess& operator=(const CheckProcess&) = delete;

  void Signal(int number) const;
  void WaitForOutput();  // until it has said something on stderr or stdout, or ended
  // Waits for its end; -1 when it was killed, or does not end.
  int ExitCode();
  const std::string& out() const { return out_; }
  const std::string& error() const { return error_; }

 private:
  bool ReadSome();

  int pid_ = -1;
  int out_pipe_ = -1, error_pipe_ = -1;
  std::string out_, error_;
};

}  // namespace kondor::scenarios
