// The counters of all of a sandbox's subscriptions under one reading of the limits: Qondor's books.
// Thread-safe. Lock order: this class's, then a meter's own, never both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "mock_server/qondor/gateway/meter.h"

namespace kondor::qondor {

class Meters {
 public:
  explicit Meters(const QondorLimits& limits) : limits_(limits) {}

  const QondorLimits& limits() const { return limits_; }

  ledger::Decision Decide(std::uint32_t subscription, TimePoint now, TimePoint start) {
    return Of(subscription).Decide(now, start);
  }
  std::vector<ledger::CounterView> Inspect(std::uint32_t subscription, TimePoint now,
                                           TimePoint start) {
    return Of(subscription).Inspect(now, start);
  }
  std::size_t size() const {
    const MutexLock lock(mutex_);
    return by_subscription_.size();
  }

 private:
  // Made when it is first asked for; subscriptions bound how many there are.
  Meter& Of(std::uint32_t subscription) {
    const MutexLock lock(mutex_);
    std::unique_ptr<Meter>& meter = by_subscription_[subscription];
    if (meter == nullptr) meter = std::make_unique<Meter>(limits_);
    return *meter;
  }

  const QondorLimits limits_;
  mutable Mutex mutex_;
  std::unordered_map<std::uint32_t, std::unique_ptr<Meter>> by_subscription_
      KONDOR_GUARDED_BY(mutex_);
};

}  // namespace kondor::qondor
