// Bytes that are neither JSON nor UTF-8 in the body's place, under the head of a good answer.
#include "base/rng.h"
#include "mock_server/faults/kind.h"

namespace kondor::faults {
namespace {

constexpr std::int64_t kUsualBytes = 64;

std::string Garbage(std::size_t bytes) {
  Rng rng(bytes);
  std::string garbage;
  // No text in UTF-8 begins so, whatever follows.
  if (bytes > 0) garbage = "\xFE";
  while (garbage.size() < bytes) garbage += static_cast<char>(rng.Below(256));
  return garbage;
}

Effect ReadGarbageBody(ObjectReader& step) {
  std::int64_t bytes = kUsualBytes;
  step.Whole("bytes", bytes, 1, kBytesMax);
  return [bytes](const Call&, Reply& reply) {
    http::Response& response = reply.response;
    response.body = Garbage(static_cast<std::size_t>(bytes));
    response.content_type = "application/json";
    const bool bodiless = response.status == 204 || response.status == 304;
    if (reply.when == FaultTime::kBefore || bodiless) response.status = 200;
    reply.done = std::to_string(bytes) + " bytes of garbage took the body's place";
  };
}

}  // namespace

Kind GarbageBody() { return {"garbage_body", FaultTime::kBefore, &ReadGarbageBody}; }

}  // namespace kondor::faults
