// A program of ours, run as its users run it: with words, an environment and an input of its own,
// watched through its pipes, always ended. Not thread-safe: one test's own.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace kondor {

// Where a program's stderr goes.
enum class Stderr { kPipe, kTerminal };
// Whether its stdin ends after what was written there, or is a terminal where nobody types.
enum class Stdin { kPipe, kTerminal };

class Process {
 public:
  struct Setting {
    std::vector<std::string> environment = {};  // "NAME=value", and no other vendor's variable
    std::string input = {};                     // less than a pipe holds: 64 KiB
    Stdin in = Stdin::kPipe;
    std::string stdout_file = {};  // instead of a pipe
    Stderr err = Stderr::kPipe;
  };

  Process(const std::string& program, const std::vector<std::string>& words,
          const Setting& setting);
  ~Process();  // kills it if it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Reads until that is there; false when the program ended or 20 s passed without it.
  bool SaysOnOut(const std::string& text) { return Says(out_pipe_, out_, text); }
  bool SaysOnErr(const std::string& text) { return Says(err_pipe_, err_, text); }
  void Signal(int number) const;
  // Waits for it to end, for at most 20 s; nothing when it was killed or did not.
  std::optional<int> ExitCode();

  const std::string& out() const { return out_; }
  const std::string& err() const { return err_; }

 private:
  static bool Says(int pipe, std::string& so_far, const std::string& text);

  pid_t pid_ = -1;
  int in_terminal_ = -1;  // where it has one
  int out_pipe_ = -1;
  int err_pipe_ = -1;
  std::string out_;
  std::string err_;
};

}  // namespace kondor
