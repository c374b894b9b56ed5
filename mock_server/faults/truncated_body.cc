// The head promises a whole body; the connection is closed after so many bytes of it.
#include <algorithm>

#include "mock_server/faults/kind.h"

namespace kondor::faults {
namespace {

Effect ReadTruncatedBody(ObjectReader& step) {
  std::int64_t bytes = 0;
  step.Require("bytes");
  step.Whole("bytes", bytes, 0, kBytesMax);
  return [bytes](const Call&, Reply& reply) {
    const std::size_t whole = reply.response.body.size();
    const std::size_t sent = std::min(whole, static_cast<std::size_t>(bytes));
    reply.delivery.end = http::Delivery::End::kClose;
    reply.delivery.body_bytes_max = sent;
    reply.done = "the connection was closed after " + std::to_string(sent) + " of " +
                 std::to_string(whole) + " bytes of the body";
  };
}

}  // namespace

Kind TruncatedBody() { return {"truncated_body", FaultTime::kAfterCommit, &ReadTruncatedBody}; }

}  // namespace kondor::faults
