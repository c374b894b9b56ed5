// One call to a vendor and the mock's answer, with what the books and the journal need to know of
// it. Plain values, not thread-safe; a Call is valid only while its request is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "mock_server/http/message.h"
#include "mock_server/http/query.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/net/address.h"

namespace kondor {

// Which of the vendors' hosts a call is for.
enum class Surface { kK2, kK1, kHub };
std::string_view ToText(Surface surface);  // "k2"
std::optional<Surface> ParseSurface(std::string_view text);
std::string_view VendorOf(Surface surface);  // "kondado"

// What became of a call, whatever status it went out with.
enum class Outcome {
  kOk,            // done
  kRateLimited,   // refused by the books (K5)
  kAuthError,     // missing, unknown or deactivated credentials (KO6)
  kFailed,        // known route, but success:false (KO7)
  kUnknownRoute,  // nothing documented is there (K16)
};
std::string_view ToText(Outcome outcome);  // "rate_limited"
std::optional<Outcome> ParseOutcome(std::string_view text);
inline constexpr std::string_view kOutcomeWords =
    "ok, rate_limited, auth_error, failed, unknown_route";

struct Call {
  const http::Request& request;
  Surface surface = Surface::kK2;
  std::string_view path;  // raw, as the vendor would see it: "/pipelines/2040/status"
  http::Query query;
  net::IpAddress client;
};

struct Answer {
  http::Response response;
  Outcome outcome = Outcome::kOk;
  std::string_view code;  // the envelope's error code; empty when there is none
  TimePoint at;           // the instant the call was booked at
  // What the books said, when they were asked, and the reading they counted by.
  std::optional<ledger::Decision> decision;
  ledger::Reading reading;
  std::optional<ledger::KeyIdentity> key;  // known and active
};

}  // namespace kondor
