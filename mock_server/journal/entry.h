// One call as the journal keeps it: what was asked, what was answered, and why; or an event, which
// is something that happened without being a call. Secrets are already taken out. Immutable once in
// the journal; many threads may read it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/net/address.h"
#include "mock_server/sandbox/exchange.h"

namespace kondor {

struct JournalEntry {
  std::uint64_t id = 0;  // counts up from 1 within a sandbox, anew after its reset
  TimePoint at;          // on the sandbox's clock
  Surface surface = Surface::kK2;
  std::string method;
  std::string path;     // raw, as the vendor would see it
  std::string query;    // raw
  std::string headers;  // "Name: value" lines, each ended by '\n'; the first kHeadersKept bytes
  bool headers_cut = false;
  std::string body;  // its first kBodyKept bytes
  std::size_t body_bytes = 0;
  net::IpAddress client;
  // Kondado's key as presented, which is a name and no secret (K2). Qondor's key is a secret: of it
  // only which one it was, "primary" or "secondary". Empty for none.
  std::string key;
  // Kondado: set when that key is known, active and proven. Qondor: the subscription of a good key.
  std::optional<ledger::KeyIdentity> known_key;
  std::string subscription;  // Qondor: whose key it was, or what the event is about
  std::string_view event;    // "key_regenerated"; empty: a call. A literal

  int status = 0;  // what went out; 0: nothing did
  Outcome outcome = Outcome::kOk;
  std::string_view code;
  std::string response_body;  // its first kResponseKept bytes
  std::optional<ledger::Decision> decision;
  ledger::Reading reading;  // what the books counted by then; settings may have changed since
  std::shared_ptr<const Grounds> grounds;    // of a refusal that has more to tell than its code
  std::shared_ptr<const PlayedFault> fault;  // null: none was played

  static constexpr std::size_t kBodyKept = 8 * 1024;
  static constexpr std::size_t kResponseKept = 2 * 1024;
  static constexpr std::size_t kHeadersKept = 8 * 1024;

  bool is_event() const { return !event.empty(); }
  // By the vendor.
  bool is_refusal() const {
    return outcome != Outcome::kOk && outcome != Outcome::kEvent && outcome != Outcome::kFault;
  }
  bool body_cut() const { return body_bytes > kBodyKept; }
  // Memory it holds, itself included.
  std::size_t Bytes() const;
};

// Redacts and shortens. The id is given by the journal.
JournalEntry MakeEntry(const Call& call, const Answer& answer);

// `event` is a literal, `path` tells what it is about ("/subscriptions/test"), `body` is JSON.
JournalEntry MakeEvent(TimePoint at, Surface surface, std::string_view event, std::string_view path,
                       std::string_view body);

}  // namespace kondor
