// How a request gets to a server and the answer back, once: no retry, no redirect, no meaning.
// Thread-safe, but for the plain values.
#pragma once

#include <stop_token>
#include <string>
#include <variant>

#include "base/clock.h"
#include "client/http/message.h"

namespace kondor::client {

// Why there is no answer.
struct TransportFault {
  enum class Reach {
    kNotSent,          // the server cannot have seen it
    kMaybeCarriedOut,  // it may have
  } reach = Reach::kNotSent;
  std::string message;  // for people; names host and path, never the query
};

// Thread-safe.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  // Connecting, sending and reading together take no longer than `timeout`, by the machine's clock.
  // Returns early, with a fault, when `stop` is asked to.
  virtual std::variant<Response, TransportFault> Send(const Request& request, Duration timeout,
                                                      std::stop_token stop) = 0;
};

}  // namespace kondor::client
