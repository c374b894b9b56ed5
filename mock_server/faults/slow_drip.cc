// The head comes, and then the body a few bytes at a time.
#include "mock_server/faults/kind.h"

namespace kondor::faults {
namespace {

Effect ReadSlowDrip(ObjectReader& step) {
  std::int64_t bytes = 0, ms = 0;
  step.Require("bytes");
  step.Whole("bytes", bytes, 1, kBytesMax);
  step.Require("ms");
  step.Whole("ms", ms, 1, kMillisMax);
  return [bytes, ms](const Call&, Reply& reply) {
    reply.schedule.period = std::chrono::milliseconds(ms);
    reply.schedule.bytes_per_period = static_cast<std::size_t>(bytes);
    reply.done = "the body's " + std::to_string(reply.response.body.size()) + " bytes came " +
                 std::to_string(bytes) + " at a time, every " + std::to_string(ms) + " ms";
  };
}

}  // namespace

Kind SlowDrip() { return {"slow_drip", FaultTime::kAfterCommit, &ReadSlowDrip}; }

}  // namespace kondor::faults
