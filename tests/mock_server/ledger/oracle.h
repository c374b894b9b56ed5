// The vendor's words about limits, worked out the slow way: every call is kept for ever and every
// question is answered from the whole list, straight from the definitions (KO1-KO4, KO8).
// Shares no code with the ledger, only the types of its face. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {

class Oracle {
 public:
  explicit Oracle(const Reading& reading) : reading_(reading) {}

  Decision Decide(TimePoint now, const IpIdentity& ip, std::optional<KeyIdentity> key);
  std::vector<CounterView> Inspect(TimePoint now, const IpIdentity& ip,
                                   std::optional<KeyIdentity> key) const;

 private:
  using Micros = std::int64_t;

  // All that ever happened to one identity, in the order of its instants.
  struct History {
    std::vector<Micros> calls;
    std::vector<Micros> counted;
    std::vector<Micros> refused;  // by this identity's own counter or running lock-out
  };
  struct Name {
    std::string text;
    Dimension dimension;
  };
  struct Window {
    Period period;
    Micros length;
    Micros limit;
  };

  std::vector<Name> Names(const IpIdentity& ip, std::optional<KeyIdentity> key) const;
  const History& Of(const Name& name) const;
  std::vector<Window> Windows() const;
  Micros BookedAt(Micros now, const std::vector<Name>& names) const;

  bool CounterAdmits(const History& history, const Window& window, Micros at) const;
  Micros Used(const History& history, const Window& window, Micros at) const;
  std::optional<Micros> LockedUntil(const History& history, Micros at) const;
  bool Admits(const History& history, Micros at) const;
  Micros NextAdmitted(const History& history, const Window& window, Micros at) const;

  std::vector<std::vector<Micros>> UsedByAll(const std::vector<Name>& names, Micros at) const;
  Refusal Explain(const std::vector<Name>& names, const std::vector<std::vector<Micros>>& used,
                  Micros at) const;

  const Reading reading_;
  std::map<std::string, History> histories_;
};

}  // namespace kondor::ledger
