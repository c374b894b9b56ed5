// The vendor's books: who called when, and whether the next call is admitted.
//
// Time is passed in and kept in whole microseconds (an instant is rounded down to one); a call that
// arrives with an instant earlier than what its identities already saw is booked at theirs, so one
// identity's time never runs backwards. A decision is one atomic step over all its counters: check
// all, then charge all (K4, KO4, KO8). Rules: K4-K6, KO1-KO5 of docs/VENDORS.md.
// Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "mock_server/ledger/reading.h"

namespace kondor::ledger {

// Whose counter: an address as limits see it (IPv4 whole, IPv6 by its /64). The two families never
// collide, and neither collides with a key.
struct IpIdentity {
  enum class Family : std::uint8_t { kV4, kV6 };
  Family family = Family::kV4;
  std::uint64_t bits = 0;  // kV4: the 32-bit address; kV6: the upper 64 bits

  friend bool operator==(const IpIdentity&, const IpIdentity&) = default;
};

// A key the vendor knows, by the serial number its sandbox gave it (never reused).
enum class KeyIdentity : std::uint32_t {};

// kSubscription and kDay are Qondor's (G6, G7): its counters are kept elsewhere, but tell of
// themselves in the same words.
enum class Dimension { kIp, kKey, kPair, kSubscription };
enum class Period { kSecond, kMinute, kDay };

enum class Cause {
  kWindow,     // the counter's window is full
  kLockout,    // a lock-out of the identity (KO2), perhaps begun by this call, outlasts its windows
  kBooksFull,  // a fresh address without a known key while the books are at their bound
};

// The counter that holds the call back longest (IP before key, second before minute on a tie), this
// call booked. Of a lock-out: the identity's counter that would hold back longest without it.
struct Refusal {
  Cause cause = Cause::kWindow;
  Dimension dimension = Dimension::kIp;
  Period period = Period::kSecond;
  std::uint32_t limit = 0;
  // Counted calls that filled it, this one excluded; at most `limit`, though KO3 may count more.
  std::uint32_t used = 0;
  // The earliest instant at which this same call would be admitted, if nobody calls before. For
  // kBooksFull: at which one of the records that the call would look through has become idle.
  TimePoint retry_at;
};

struct Decision {
  TimePoint at;                    // the instant it was booked at
  std::optional<Refusal> refusal;  // none: admitted

  bool admitted() const { return !refusal.has_value(); }
};

struct CounterView {
  Dimension dimension = Dimension::kIp;
  Period period = Period::kSecond;
  std::uint32_t limit = 0;
  std::uint32_t used = 0;   // at most `limit`; rounded up where the reading keeps fractions
  TimePoint next_admitted;  // `now` when a call would be admitted at once
  std::optional<TimePoint> locked_until;
};

struct LedgerOptions {
  // Fresh addresses that have shown no known key are not entered beyond this many of them.
  // Identities of admitted calls with a known key are always entered: the tokens and their limits
  // bound them. Under KO4 `pair` those bound nothing, and this is how many pairs one key may hold.
  std::size_t anonymous_identities_max = std::size_t{1} << 20;
};

class Ledger {
 public:
  explicit Ledger(const Reading& reading, LedgerOptions options = {});
  ~Ledger();

  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  const Reading& reading() const;

  // Looks at every counter of the call and, if all admit, charges them together.
  // No key: only the address is counted (KO5, and KO4 `pair` without a known key).
  Decision Decide(TimePoint now, const IpIdentity& ip, std::optional<KeyIdentity> key);

  // Every counter as it stands, charging nothing.
  std::vector<CounterView> Inspect(TimePoint now, std::optional<IpIdentity> ip,
                                   std::optional<KeyIdentity> key) const;

  std::size_t identities() const;  // held now, idle ones not yet forgotten included
  std::size_t bytes() const;       // memory held by the books, tables included

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kondor::ledger
