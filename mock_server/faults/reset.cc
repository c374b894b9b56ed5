// No answer but a TCP RST.
#include "mock_server/faults/kind.h"

namespace kondor::faults {
namespace {

Effect ReadReset(ObjectReader&) {
  return [](const Call&, Reply& reply) {
    reply.delivery.end = http::Delivery::End::kReset;
    reply.done = "the connection was reset";
  };
}

}  // namespace

Kind Reset() { return {"reset", FaultTime::kBefore, &ReadReset}; }

}  // namespace kondor::faults
