// What the gateway itself answers, byte for byte (G1-G8). Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "mock_server/http/message.h"
#include "mock_server/qondor/contract/environment.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::qondor {

// G1 and G2, with G3's header. `api` is the API's path as the contract spells it: "Customer/v1".
http::Response MissingKey(Environment environment, std::string_view api);
http::Response InvalidKey(Environment environment, std::string_view api);

http::Response ResourceNotFound();                                    // G5
http::Response RateLimitExceeded(std::int64_t seconds);               // G6
http::Response OutOfQuota(std::int64_t seconds, QuotaStatus status);  // G7, QO1
http::Response InternalServerError();  // G8, with an activity id of its own

// Whole seconds until then, rounded up, at least 1: what Retry-After says.
std::int64_t RetryAfter(TimePoint now, TimePoint admitted);
// "00:33:45", and from a day on "1.00:00:00" (G7).
std::string QuotaTime(std::int64_t seconds);

}  // namespace kondor::qondor
