// One kind of fault: what it is called in a script, what it may be told there, and what it does to
// an answer. Immutable.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "mock_server/http/message.h"
#include "mock_server/json/object_reader.h"
#include "mock_server/sandbox/exchange.h"

namespace kondor::faults {

// When the bytes of an answer may go, counted from the call on the sandbox's clock. With a period,
// the head goes at `first`, and of the body so many bytes at the end of each period after it.
struct Schedule {
  Duration first{};
  Duration period{};  // zero: all of it at `first`
  std::size_t bytes_per_period = 0;

  bool is_at_once() const { return first == Duration::zero() && period == Duration::zero(); }
};

// One answer while a fault works on it: what the vendor has said, or, when the vendor was not asked
// (kBefore), the 503 of whatever stands in front of it.
struct Reply {
  FaultTime when;
  http::Response response;
  http::Delivery delivery;
  Schedule schedule;
  std::string done;  // what the fault did, for the journal: "the connection was reset"
};

using Effect = std::function<void(const Call& call, Reply& reply)>;

struct Kind {
  std::string_view name;
  FaultTime usual;  // when it happens unless the script says otherwise
  // Reads the step's own fields. What it finds wrong it tells the reader; the effect is then
  // unused.
  Effect (*read)(ObjectReader& step);
};

// Longer than any test; far from where instants overflow.
inline constexpr std::int64_t kMillisMax = 366LL * 24 * 60 * 60 * 1000;

// Bodies that a call can send are no larger.
inline constexpr std::int64_t kBytesMax = 8 * 1024 * 1024;

// A page such as a load balancer or a proxy sends when it has to answer by itself.
void PutFrontPage(int status, http::Response& response);

}  // namespace kondor::faults
