// One call against the records of its identities: admitted and charged, or refused and explained.
// Not thread-safe: the records' locks are the caller's.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "mock_server/ledger/record.h"

namespace kondor::ledger {

template <class Counters>
class Hearing {
 public:
  using Entry = Record<Counters>;

  // `second` may be null. REQUIRES: both stand at the same instant.
  Hearing(const Reading& reading, const Quotas& quotas, Entry* first, Entry* second)
      : reading_(reading), quotas_(quotas), entries_{first, second}, size_(second ? 2 : 1) {}

  // A call that the whole party would admit was not charged yet; find out who refuses.
  Refusal RefuseTogether() {
    for (std::size_t i = 0; i < size_; ++i) Note(i);
    for (std::size_t i = 0; i < size_; ++i) {
      if (!entries_[i]->Admits(quotas_)) Refused(i);
    }
    return Explain();
  }

  // KO8's second reading: who is looked at first is charged before the next is looked at.
  std::optional<Refusal> JudgeInOrder() {
    for (std::size_t i = 0; i < size_; ++i) Note(i);
    for (std::size_t i = 0; i < size_; ++i) {
      if (!entries_[i]->Admits(quotas_)) {
        Refused(i);
        return Explain();
      }
      Charge(i);
    }
    return {};
  }

 private:
  // What a counter had counted before this call.
  void Note(std::size_t i) {
    for (const Period period : {Period::kSecond, Period::kMinute}) {
      if (quotas_.of(period).on()) {
        used_[i][period == Period::kMinute] =
            entries_[i]->counters.Used(quotas_, period, entries_[i]->seen);
      }
    }
  }

  void Refused(std::size_t i) { entries_[i]->lock.Refused(reading_.lockout); }

  void Charge(std::size_t i) {
    entries_[i]->counters.Charge(quotas_, entries_[i]->seen);
    charged_[i] = true;
  }

  // KO3 first, because a refused call that counts puts off its own return.
  Refusal Explain() {
    if (Counters::kCountsRefused && reading_.count_refused == CountRefused::kYes) {
      for (std::size_t i = 0; i < size_; ++i) {
        if (!charged_[i]) Charge(i);
      }
    }
    Refusal worst;
    Micros worst_at = INT64_MIN;
    for (std::size_t i = 0; i < size_; ++i) {
      Refusal refusal;
      const Micros retry_at = Holder(i, &refusal);
      if (retry_at > worst_at) {
        worst = refusal;
        worst_at = retry_at;
      }
    }
    worst.retry_at = FromUnixMicros(worst_at);
    return worst;
  }

  // Which of the identity's counters holds back longest, and until when. A lock-out is told with
  // the counter that would hold back longest without it.
  Micros Holder(std::size_t i, Refusal* refusal) const {
    const Entry& entry = *entries_[i];
    Micros longest = INT64_MIN;
    for (const Period period : {Period::kSecond, Period::kMinute}) {
      if (!quotas_.of(period).on()) continue;
      const Micros next = entry.counters.NextAdmitted(quotas_, period, entry.seen);
      if (next <= longest) continue;
      longest = next;
      *refusal = {Cause::kWindow,           entry.identity().dimension(),        period,
                  quotas_.of(period).limit, used_[i][period == Period::kMinute], {}};
    }
    if (entry.lock.holds() && entry.lock.Until(entry.seen) >= longest) {
      refusal->cause = Cause::kLockout;
      longest = entry.lock.Until(entry.seen);
    }
    return longest;
  }

  const Reading& reading_;
  const Quotas& quotas_;
  const std::array<Entry*, 2> entries_;
  const std::size_t size_;
  std::array<std::array<std::uint32_t, 2>, 2> used_{};
  std::array<bool, 2> charged_{};
};

// Looks at the counters of one identity or two and books the call. REQUIRES: `second` is null or
// stands at the same instant as `first`; at least one window is on.
template <class Counters>
std::optional<Refusal> Judge(const Reading& reading, const Quotas& quotas, Record<Counters>* first,
                             Record<Counters>* second) {
  if (reading.charge == Charge::kInOrder) {
    return Hearing<Counters>(reading, quotas, first, second).JudgeInOrder();
  }
  // Check all, then charge all: the way nearly every call goes, so it does nothing else.
  if (!first->Admits(quotas) || (second != nullptr && !second->Admits(quotas))) {
    return Hearing<Counters>(reading, quotas, first, second).RefuseTogether();
  }
  first->counters.Charge(quotas, first->seen);
  if (second != nullptr) second->counters.Charge(quotas, second->seen);
  return {};
}

}  // namespace kondor::ledger
