// What is particular to a vendor: how a call carries credentials, and what an answer means.
// Thread-safe, but for the plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "client/http/message.h"

namespace kondor::client {

// Why an answer is none.
struct Refusal {
  ErrorKind kind = ErrorKind::kRejected;
  // The vendor's own word for it, which may be empty, and the vendor's sentence or ours for people:
  // from a dialect as the server wrote them, from a Caller one line without secrets each.
  std::string code = {};
  std::string message = {};
  // How long the server asks to wait before the next try.
  std::optional<Duration> hint = std::nullopt;
};

// Which credentials a call carried; a number that only the dialect understands.
using CredentialsUsed = std::uint64_t;

// Thread-safe.
class Dialect {
 public:
  Dialect() = default;
  Dialect(const Dialect&) = delete;
  Dialect& operator=(const Dialect&) = delete;
  virtual ~Dialect() = default;

  // Adds to a call what this vendor wants to see in each.
  virtual CredentialsUsed Prepare(Request& request) = 0;

  // Nothing, when the answer is one; whether its body is what the call asked for is for the call's
  // Judge to say.
  virtual std::optional<Refusal> Read(const Response& response) const = 0;

  // The vendor did not take these credentials. The sentence that says what is tried instead, at
  // once; nothing when there are no others.
  virtual std::optional<std::string> UseOthers(CredentialsUsed refused) = 0;

  // `text` without any secret of ours, should a server or a library have put one into it.
  virtual std::string Conceal(std::string_view text) const = 0;
};

}  // namespace kondor::client
