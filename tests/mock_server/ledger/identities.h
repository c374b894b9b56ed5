// Who calls in the ledger's tests, and when they begin. Stateless.
#pragma once

#include <cstdint>

#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {

inline constexpr TimePoint kStart = FromUnixMicros(1'700'000'000'000'000);

inline IpIdentity Ip(std::uint64_t n) { return {IpIdentity::Family::kV4, n}; }

}  // namespace kondor::ledger
