// One subscription's counters: the rate and the day's quota (Q7, G6, G7, QO2, QO3). Both of its
// keys draw on them. Thread-safe: a decision is one atomic step, check all, then charge all.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/ledger/quota.h"
#include "mock_server/ledger/windows/sliding_log.h"
#include "mock_server/ledger/windows/stamp_ring.h"
#include "mock_server/ledger/windows/token_bucket.h"
#include "mock_server/ledger/windows/two_windows.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::qondor {

class Meter {
 public:
  explicit Meter(const QondorLimits& limits);

  // `start` is the subscription's: the day quota's periods are counted from there. A call with an
  // instant earlier than one already seen is booked at that one. Of a refusal, `period` names the
  // counter that answers, the rate before the quota; `retry_at` is when both would admit the call.
  ledger::Decision Decide(TimePoint now, TimePoint start);

  // Every counter as it stands, charging nothing.
  std::vector<ledger::CounterView> Inspect(TimePoint now, TimePoint start) const;

 private:
  using Micros = ledger::Micros;
  using Sliding = ledger::SlidingLog<ledger::GrowingRing>;
  using Bucket = ledger::TwoWindows<ledger::TokenBucket>;

  // Fixed periods of 24 hours.
  struct Day {
    std::int64_t period = 0;
    std::uint32_t count = 0;
  };
  // Everything that is counted, as of one instant.
  struct State {
    explicit State(RateWindow window);

    Micros seen = INT64_MIN;
    std::variant<Sliding, Bucket> rate;
    Day day;
  };

  void Advance(State& state, Micros now, Micros start) const;
  bool RateAdmits(const State& state) const;
  bool DayAdmits(const State& state) const;
  void ChargeRate(State& state) const;
  static void ChargeDay(State& state);
  Micros RateOpens(const State& state) const;
  Micros DayOpens(const State& state, Micros start) const;
  std::uint32_t RateUsed(const State& state) const;
  std::uint32_t DayUsed(const State& state) const;

  const QondorLimits limits_;
  const ledger::Quotas rate_quotas_;  // its window of a second only

  mutable Mutex mutex_;
  State state_ KONDOR_GUARDED_BY(mutex_);
};

}  // namespace kondor::qondor
