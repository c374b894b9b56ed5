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
};

struct Error {
  ErrorKind kind = ErrorKind::kInvalidArgument;
  std::string message;
  std::string_view field = {};  // the part of the input to blame, where one is; a literal
};

}  // namespace kondor
