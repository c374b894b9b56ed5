// One call to a vendor and the mock's answer, with what the books and the journal need to know of
// it. Plain values, not thread-safe; a Call is valid only while its request is.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "mock_server/http/message.h"
#include "mock_server/http/query.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/net/address.h"

namespace kondor {

// Which of the vendors' hosts a call is for. Two have none and cannot be called: in kDirectory
// users and subscriptions are changed, whoever asked for it, and from kWebhooks the mock itself
// calls.
enum class Surface { kK2, kK1, kHub, kQondor, kArm, kDirectory, kWebhooks };
inline constexpr std::array kHosts = {Surface::kK2, Surface::kK1, Surface::kHub, Surface::kQondor,
                                      Surface::kArm};
std::string_view ToText(Surface surface);  // "k2"
// Those that can be called, under the names that stand in paths.
std::optional<Surface> ParseHost(std::string_view text);
std::string_view VendorOf(Surface surface);  // "kondado"

// What became of a call, whatever status it went out with.
enum class Outcome {
  kOk,            // done
  kRateLimited,   // refused by the books (K5, G6, G7)
  kAuthError,     // missing, unknown or deactivated credentials (KO6, G1, G2)
  kFailed,        // known route, but success:false (KO7) or an error's status (Q14)
  kUnknownRoute,  // nothing documented is there (K16, G5)
  kFault,         // a fault script answered in the vendor's place, which did nothing
  kEvent,         // no call: something happened in the sandbox
};
std::string_view ToText(Outcome outcome);  // "rate_limited"
std::optional<Outcome> ParseOutcome(std::string_view text);
inline constexpr std::string_view kOutcomeWords =
    "ok, rate_limited, auth_error, failed, unknown_route, fault, event";

struct Call {
  const http::Request& request;
  Surface surface = Surface::kK2;
  std::string_view path;  // raw, as the vendor would see it: "/pipelines/2040/status"
  http::Query query;
  net::IpAddress client;
};

// What a refusal was decided on, beyond its code: noted where it is known, and put into a sentence
// only when somebody reads the journal. Never a secret. What does not apply is empty.
struct Grounds {
  std::string_view which;       // tells the cases of one code apart: "WRONG_METHOD". A literal
  std::string_view where;       // the environment that was called: "Prod". A literal
  std::string_view state;       // what it was: "suspended", "essentials", "secondary". A literal
  std::string about;            // the product, user, subscription, permission or fields
  std::string instead;          // what would have done: "GET, POST"
  std::optional<TimePoint> at;  // when a key begins to work, or when it ceased to
};

// Whether the vendor has done its part by the time a fault strikes.
enum class FaultTime { kBefore, kAfterCommit };
std::string_view ToText(FaultTime when);  // "after_commit"

// What a fault script did to one answer. The outcome and the rest of an Answer are the vendor's.
struct PlayedFault {
  std::uint64_t script = 0;
  std::string_view kind;    // a literal
  std::uint32_t step = 0;   // from 1
  std::uint64_t play = 0;   // the step's first, second ...
  std::uint64_t plays = 0;  // of how many
  FaultTime when = FaultTime::kBefore;
  int vendor_status = 0;  // what the vendor had answered; 0: it was not asked
  std::string text;       // all of it in a sentence
};

struct Answer {
  http::Response response;  // as it goes out
  Outcome outcome = Outcome::kOk;
  // Why it failed, in one word: the envelope's error code, or ours where the vendor has none. Empty
  // when it did not fail. A literal.
  std::string_view code;
  TimePoint at;  // the instant the call was booked at
  // What the books said, when they were asked, and the reading they counted by.
  std::optional<ledger::Decision> decision;
  ledger::Reading reading;
  std::optional<ledger::KeyIdentity> key;    // known and active; Qondor's: the subscription
  std::string subscription;                  // Qondor's: its id, once its key was recognised
  std::string_view key_name;                 // and which of its keys that was: "primary"
  std::shared_ptr<const Grounds> grounds;    // of a refusal that has more to tell than its code
  std::shared_ptr<const PlayedFault> fault;  // null: none was played
};

}  // namespace kondor
