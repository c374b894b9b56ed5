// The vendor's own refusal for its rate limit, whatever its books say (K5, G6).
#include "mock_server/faults/kind.h"
#include "mock_server/kondado/reply.h"
#include "mock_server/qondor/arm/arm_reply.h"
#include "mock_server/qondor/gateway/reply.h"

namespace kondor::faults {
namespace {

constexpr std::int64_t kRetryAfterMax = 24 * 60 * 60;

http::Response RefusalOf(Surface surface, std::int64_t retry_after_s) {
  switch (surface) {
    case Surface::kQondor:
      return qondor::RateLimitExceeded(retry_after_s);
    case Surface::kArm: {  // OUR19
      http::Response response =
          qondor::ArmError(429, "TooManyRequests",
                           "The request is being throttled; try again after " +
                               std::to_string(retry_after_s) + " seconds.")
              .response;
      response.headers.push_back({"Retry-After", std::to_string(retry_after_s)});
      return response;
    }
    default:
      return kondado::RateLimited().response;  // K6: it always says 60 seconds
  }
}

Effect ReadRefuse(ObjectReader& step) {
  std::int64_t retry_after_s = 1;
  step.Whole("retry_after_s", retry_after_s, 1, kRetryAfterMax);
  return [retry_after_s](const Call& call, Reply& reply) {
    reply.response = RefusalOf(call.surface, retry_after_s);
    reply.done = "the vendor's refusal for too many calls was answered, whatever the books say";
  };
}

}  // namespace

Kind Refuse() { return {"refuse", FaultTime::kBefore, &ReadRefuse}; }

}  // namespace kondor::faults
