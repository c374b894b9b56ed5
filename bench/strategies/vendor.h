// Who admits or refuses the calls of a simulation. Not thread-safe.
#pragma once

#include <cstdint>

#include "client/limiter/strategy.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/ledger/reading.h"

namespace kondor::bench {

class Vendor {
 public:
  Vendor() = default;
  Vendor(const Vendor&) = delete;
  Vendor& operator=(const Vendor&) = delete;
  virtual ~Vendor() = default;

  // A call with that key (1, 2, ...) arrives from the scenario's one address. kUnknown says that it
  // got no answer that a call can have, and ends the simulation.
  virtual limiter::Answer Arrives(TimePoint now, std::uint32_t key) = 0;
};

// The mock's ledger alone, without a server around it.
class Books final : public Vendor {
 public:
  explicit Books(const ledger::Reading& reading) : ledger_(reading) {}
  limiter::Answer Arrives(TimePoint now, std::uint32_t key) override;

 private:
  ledger::Ledger ledger_;
};

}  // namespace kondor::bench
