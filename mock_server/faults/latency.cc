// The answer comes late.
#include "mock_server/faults/kind.h"

namespace kondor::faults {
namespace {

Effect ReadLatency(ObjectReader& step) {
  std::int64_t ms = 0;
  step.Require("ms");
  step.Whole("ms", ms, 1, kMillisMax);
  return [ms](const Call&, Reply& reply) {
    reply.schedule.first += std::chrono::milliseconds(ms);
    reply.done = "the answer was held back";
  };
}

}  // namespace

Kind Latency() { return {"latency", FaultTime::kAfterCommit, &ReadLatency}; }

}  // namespace kondor::faults
