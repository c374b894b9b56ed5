// How a program ended. A plain value.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kondor::judge {

struct Ending {
  enum class How { kExited, kSignalled, kOutOfTime, kStopped } how = How::kExited;
  int code = 0;                          // of an exit, or the signal's number
  bool ignored_sigterm = false;          // and had to be killed
  int left_behind = 0;                   // processes that went on without it
  std::vector<std::string> secrets_out;  // names of secrets found on stdout, "KONDADO_TOKEN"
  std::vector<std::string> secrets_err;  // and on stderr
  std::string last_words;                // the end of stderr, without secrets

  bool IsSuccess() const { return how == How::kExited && code == 0; }
};

std::string Describe(const Ending& ending);  // "exit 3", "killed by signal 11"

}  // namespace kondor::judge
