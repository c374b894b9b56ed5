#include "client/command/exit_code.h"

namespace kondor::client::command {

const FailureWords& WordsOf(ErrorKind kind) {
  static constexpr FailureWords kInvalid{"invalid_argument", ExitCode::kUsage, ""};
  static constexpr FailureWords kNotFound{"not_found", ExitCode::kNotFound, ""};
  static constexpr FailureWords kExists{"already_exists", ExitCode::kRejected, ""};
  static constexpr FailureWords kStale{"stale", ExitCode::kRejected, "look again, then decide"};
  static constexpr FailureWords kUnavailable{"unavailable", ExitCode::kOther, ""};
  static constexpr FailureWords kDeadline{"deadline", ExitCode::kDeadline,
                                          "give it longer with --timeout"};
  static constexpr FailureWords kCancelled{"cancelled", ExitCode::kCancelled, ""};
  static constexpr FailureWords kRateLimited{
      "rate_limited", ExitCode::kRateLimited,
      "try again later, or give it longer with --timeout and --tries"};
  static constexpr FailureWords kCredentials{
      "credentials", ExitCode::kCredentials,
      "see that they are those of this account, active, and allowed to do this"};
  static constexpr FailureWords kPlan{"plan", ExitCode::kPlan,
                                      "the account's plan does not include it"};
  static constexpr FailureWords kRejected{"rejected", ExitCode::kRejected, ""};
  static constexpr FailureWords kTransport{
      "transport", ExitCode::kTransport,
      "see that the base URL is right and the network up; --try-timeout bounds a try"};
  static constexpr FailureWords kServerFault{"server_fault", ExitCode::kServerFault,
                                             "try again later"};
  static constexpr FailureWords kMalformed{"malformed", ExitCode::kMalformed,
                                           "see that the base URL is the API's"};
  switch (kind) {
    case ErrorKind::kInvalidArgument:
      return kInvalid;
    case ErrorKind::kNotFound:
      return kNotFound;
    case ErrorKind::kAlreadyExists:
      return kExists;
    case ErrorKind::kStale:
      return kStale;
    case ErrorKind::kUnavailable:
      return kUnavailable;
    case ErrorKind::kDeadline:
      return kDeadline;
    case ErrorKind::kCancelled:
      return kCancelled;
    case ErrorKind::kRateLimited:
      return kRateLimited;
    case ErrorKind::kCredentials:
      return kCredentials;
    case ErrorKind::kPlan:
      return kPlan;
    case ErrorKind::kRejected:
      return kRejected;
    case ErrorKind::kTransport:
      return kTransport;
    case ErrorKind::kServerFault:
      return kServerFault;
    case ErrorKind::kMalformed:
      return kMalformed;
  }
  return kUnavailable;
}

std::string ExitCodesText() {
  return "Exit codes:\n"
         "    0  done                      7  understood and rejected\n"
         "    1  anything else             8  no answer, or half of one\n"
         "    2  usage, or no credentials  9  the vendor failed\n"
         "    3  refused for the limits   10  an answer that is not as documented\n"
         "    4  credentials not taken    11  not in time\n"
         "    5  not in this plan         12  the pipeline ended in a failed state\n"
         "    6  not found               130  cancelled\n";
}

}  // namespace kondor::client::command
