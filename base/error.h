// What went wrong, as a value. One kind per thing a caller can *do* about it; the message is for
// people, says the mend, and is never matched on. Immutable value type.
#pragma once

#include <string>
#include <string_view>

namespace kondor {

enum class ErrorKind {
  kInvalidArgument,  // the caller's input is wrong: mend it and call again
  kNotFound,         // the thing named does not exist
  kAlreadyExists,    // the name is taken: choose another
  kStale,            // the thing has changed since the caller looked: look again, then decide
  kUnavailable,      // the machine refused (port taken, disk full): mend that and try again
  kDeadline,         // it would not have come in time: give it longer
  kCancelled,        // somebody asked to stop
  kRateLimited,      // a vendor refused for its limits and did nothing: wait, then call again
  kCredentials,      // a vendor does not take the credentials: mend or activate them
  kPlan,             // a vendor does not sell that to this account: change the plan, or do without
  kRejected,         // a vendor understood and will not: change the call or the thing it is about
  kTransport,        // no answer, or half of one; whether the call was carried out is unknown
  kServerFault,      // a vendor failed: call later
  kMalformed,        // a vendor's answer is nothing it documents: nothing of it may be used
};

struct Error {
  ErrorKind kind = ErrorKind::kInvalidArgument;
  std::string message;
  std::string_view field = {};  // the part of the input to blame, where one is; a literal
  std::string code = {};        // a vendor's own word for it, where it said one; not ours to trust
};

}  // namespace kondor
