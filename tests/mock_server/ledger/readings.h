// The combinations of readings that the tests go through. Stateless.
#pragma once

#include <vector>

#include "mock_server/ledger/reading.h"

namespace kondor::ledger {

inline constexpr Window kAllWindows[] = {Window::kSlidingLog,   Window::kFixedFromFirst,
                                         Window::kFixedAligned, Window::kSlidingCounter,
                                         Window::kTokenBucket,  Window::kGcra};

// Every combination of the other open questions with this window.
inline std::vector<Reading> ReadingsOf(Window window, std::uint32_t per_second,
                                       std::uint32_t per_minute) {
  std::vector<Reading> readings;
  for (const Lockout lockout : {Lockout::kNone, Lockout::kFromBreach, Lockout::kFromLast}) {
    for (const CountRefused refused : {CountRefused::kNo, CountRefused::kYes}) {
      for (const Scope scope : {Scope::kIndependent, Scope::kPair}) {
        for (const Charge charge : {Charge::kAllOrNone, Charge::kInOrder}) {
          readings.push_back({window, lockout, refused, scope, charge, per_second, per_minute});
        }
      }
    }
  }
  return readings;
}

}  // namespace kondor::ledger
