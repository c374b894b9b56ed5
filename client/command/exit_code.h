// How kondor-call ends: one code for each thing that whoever called it can do about a failure.
// Thread-safe: pure functions.
#pragma once

#include <string>

#include "base/error.h"

namespace kondor::client::command {

enum class ExitCode {
  kOk = 0,
  kOther = 1,
  kUsage = 2,
  kRateLimited = 3,
  kCredentials = 4,
  kPlan = 5,
  kNotFound = 6,
  kRejected = 7,
  kTransport = 8,
  kServerFault = 9,
  kMalformed = 10,
  kDeadline = 11,
  kPipelineFailed = 12,
  kCancelled = 130,  // as a shell names what SIGINT ended
};

struct FailureWords {
  const char* word;  // in JSON: "rate_limited"
  ExitCode code;
  const char* mend;  // for people; may be empty
};

const FailureWords& WordsOf(ErrorKind kind);

// For --help.
std::string ExitCodesText();

}  // namespace kondor::client::command
