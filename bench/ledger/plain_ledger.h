// The same decision as most would write it at first: a mutex, a map from strings to queues.
// Thread-safe. Only for comparison: it forgets nobody.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "mock_server/ledger/ledger.h"

namespace kondor::ledger {

class PlainLedger {
 public:
  Decision Decide(TimePoint now, const IpIdentity& ip, KeyIdentity key) {
    const std::lock_guard lock(mutex_);
    auto& address = logs_["ip:" + std::to_string(ip.bits)];
    auto& serial = logs_["key:" + std::to_string(static_cast<std::uint32_t>(key))];
    Decision decision{now, {}};
    if (Admits(address, now) && Admits(serial, now)) {
      address.push_back(now);
      serial.push_back(now);
    } else {
      decision.refusal.emplace();
    }
    return decision;
  }

  std::size_t identities() const { return logs_.size(); }

  // What the library's containers hold for one, without the allocator's own overhead: a queue
  // starts with a block of 512 bytes and a map of eight pointers.
  std::size_t bytes() const {
    constexpr std::size_t kNode =
        sizeof(void*) + sizeof(std::size_t) + sizeof(std::string) + sizeof(std::deque<TimePoint>);
    constexpr std::size_t kQueue = 512 + 8 * sizeof(void*);
    return logs_.size() * (kNode + kQueue) + logs_.bucket_count() * sizeof(void*);
  }

 private:
  static bool Admits(std::deque<TimePoint>& log, TimePoint now) {
    while (!log.empty() && log.front() + std::chrono::seconds(60) <= now) log.pop_front();
    if (log.size() >= 20) return false;
    return log.empty() || log.back() + std::chrono::seconds(1) <= now;
  }

  std::mutex mutex_;
  std::unordered_map<std::string, std::deque<TimePoint>> logs_;
};

}  // namespace kondor::ledger
