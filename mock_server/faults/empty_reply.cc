// The connection is closed without one byte of an answer.
#include "mock_server/faults/kind.h"

namespace kondor::faults {
namespace {

Effect ReadEmptyReply(ObjectReader&) {
  return [](const Call&, Reply& reply) {
    reply.delivery.end = http::Delivery::End::kNothing;
    reply.done = "the connection was closed without a byte";
  };
}

}  // namespace

Kind EmptyReply() { return {"empty_reply", FaultTime::kBefore, &ReadEmptyReply}; }

}  // namespace kondor::faults
