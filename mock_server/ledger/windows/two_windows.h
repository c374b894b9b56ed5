// One identity's counters where each window keeps its own state. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>

#include "mock_server/ledger/quota.h"

namespace kondor::ledger {

// The face that the books see (SlidingLog has the same): an instant is always the one the state
// stands at, and a window that is off admits everything and remembers nothing.
template <class Window>
class TwoWindows {
 public:
  static constexpr bool kCountsRefused = Window::kCountsRefused;

  void Advance(const Quotas& quotas, Micros from, Micros to) {
    if (quotas.second.on()) second_.Advance(quotas.second, from, to);
    if (quotas.minute.on()) minute_.Advance(quotas.minute, from, to);
  }
  bool Admits(const Quotas& quotas, Micros at) const {
    return (!quotas.second.on() || second_.Admits(quotas.second, at)) &&
           (!quotas.minute.on() || minute_.Admits(quotas.minute, at));
  }
  void Charge(const Quotas& quotas, Micros at) {
    if (quotas.second.on()) second_.Charge(quotas.second, at);
    if (quotas.minute.on()) minute_.Charge(quotas.minute, at);
  }
  // The earliest instant at which a fresh identity would answer the same.
  Micros IdleAt(const Quotas& quotas, Micros at) const {
    const Micros second = quotas.second.on() ? second_.IdleAt(quotas.second, at) : at;
    const Micros minute = quotas.minute.on() ? minute_.IdleAt(quotas.minute, at) : at;
    return std::max(second, minute);
  }
  // REQUIRES (both): the window of `period` is on.
  Micros NextAdmitted(const Quotas& quotas, Period period, Micros at) const {
    return window(period).NextAdmitted(quotas.of(period), at);
  }
  std::uint32_t Used(const Quotas& quotas, Period period, Micros at) const {
    return window(period).Used(quotas.of(period), at);
  }
  std::size_t heap_bytes() const { return 0; }

 private:
  const Window& window(Period period) const {
    return period == Period::kSecond ? second_ : minute_;
  }

  Window second_;
  Window minute_;
};

}  // namespace kondor::ledger
