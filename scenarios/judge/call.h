// One call of the judged program, as the journal tells of it: only what the rules look at. A plain
// value.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/judge/control.h"
#include "scenarios/judge/secrets.h"

namespace kondor::judge {

enum class Outcome { kOk, kRateLimited, kAuthError, kFailed, kUnknownRoute, kFault };

// Where in a call credentials stood. The journal hides whatever looks like a secret; the judge's
// own Kondado tokens are made so that they do not (see secrets.h), and are found to the letter.
struct SecretPlaces {
  bool token_parameter = false;     // K1's place for a token
  bool key_header = false;          // Q10's place for a subscription key
  bool key_parameter = false;       // where APIM takes one, too (G4)
  std::vector<std::string> stray;   // of a known secret, other than the above: "header User-Agent"
  std::vector<std::string> hidden;  // whose whole value was hidden, and that are no ids
};

struct Call {
  std::uint64_t id = 0;  // the answer's Kondor-Request-Id
  TimePoint at;          // on the sandbox's clock
  std::string surface;   // "k2"
  std::string method;
  std::string path;
  std::string ip;
  std::string key;  // Kondado's; of a Qondor key only which one it is or was: "primary"
  int status = 0;   // 0: nothing was answered
  Outcome outcome = Outcome::kOk;
  std::string code;
  std::string cause;             // of a refusal for the limits: "window", "lockout"
  std::string why;               // in words, where something was wrong
  std::string fault;             // the kind of fault that was played; empty for none
  std::optional<Duration> wait;  // that a refusal asked for
  std::size_t body_hash = 0;
  SecretPlaces secrets;

  bool IsKondado() const { return surface == "k2" || surface == "k1" || surface == "hub"; }
  bool IsQondor() const { return surface == "qondor"; }
  // Refused for the limits, by the books or by a fault that plays them.
  bool IsRefused() const { return outcome == Outcome::kRateLimited || fault == "refuse"; }
  // The vendor did what was asked and the answer went out whole.
  bool IsAnswered() const { return outcome == Outcome::kOk && fault.empty(); }
  // The same call again might end better, and its answer says no more than that.
  bool IsTransientFailure() const;
  bool SameRequest(const Call& other) const {
    return surface == other.surface && method == other.method && path == other.path;
  }
};

std::string_view ToText(Outcome outcome);

// Null for an entry that is no call to a vendor. kMalformed when it is none of a kondor-mock.
Result<std::optional<Call>> ReadEntry(const Json& entry, const std::vector<Secret>& secrets);

// As the vendor's books came to them. The journal numbers them as their answers were ready: of two
// that come at once, whoever was refused may stand before the one he was refused for.
void PutInOrder(std::span<Call> calls);

// "2026-01-01T00:00:00.000000Z", as the journal writes instants, both ways.
Result<TimePoint> ReadInstant(std::string_view text);
std::string WriteInstant(TimePoint t);

}  // namespace kondor::judge
