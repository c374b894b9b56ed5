// The ledger behind its face: one type of books for each way of counting. Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "mock_server/ledger/identity.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// The identities of one call, in the order in which they are looked at (KO4, KO8).
struct Party {
  Identity first;
  Identity second;  // kind kNone: there is only one

  static Party Of(Scope scope, const IpIdentity& ip, std::optional<KeyIdentity> key) {
    if (!key) return {Identity::Of(ip), {}};
    if (scope == Scope::kPair) return {Identity::Of(ip, *key), {}};
    return {Identity::Of(ip), Identity::Of(*key)};
  }
};

class Books {
 public:
  virtual ~Books() = default;
  virtual Decision Decide(Micros now, const Party& party) = 0;
  virtual std::vector<CounterView> Inspect(TimePoint now,
                                           const std::vector<Identity>& identities) const = 0;
  virtual std::size_t identities() const = 0;
  virtual std::size_t bytes() const = 0;
};

std::unique_ptr<Books> OpenBooks(const Reading& reading, const LedgerOptions& options);

}  // namespace kondor::ledger
