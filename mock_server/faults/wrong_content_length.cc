// Content-Length says more or less than the body has.
#include <algorithm>

#include "mock_server/faults/kind.h"

namespace kondor::faults {
namespace {

Effect ReadWrongContentLength(ObjectReader& step) {
  std::int64_t by = 0;
  step.Require("by");
  if (step.Whole("by", by, -kBytesMax, kBytesMax) && by == 0) {
    step.Fail("by", "0 is the right length; write 10 for ten more than there are, -10 for less");
  }
  return [by](const Call&, Reply& reply) {
    const auto size = static_cast<std::int64_t>(reply.response.body.size());
    const std::int64_t claimed = std::max<std::int64_t>(size + by, 0);
    reply.delivery.claimed_length = static_cast<std::uint64_t>(claimed);
    // Whoever waits for more is told that there is none; what is too much stays in the connection.
    if (claimed > size) reply.delivery.end = http::Delivery::End::kClose;
    reply.done = "Content-Length said " + std::to_string(claimed) + " of a body of " +
                 std::to_string(size) + " bytes";
  };
}

}  // namespace

Kind WrongContentLength() {
  return {"wrong_content_length", FaultTime::kAfterCommit, &ReadWrongContentLength};
}

}  // namespace kondor::faults
