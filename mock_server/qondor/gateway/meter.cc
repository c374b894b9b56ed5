#include "mock_server/qondor/gateway/meter.h"

#include <algorithm>

namespace kondor::qondor {
namespace {

using ledger::Dimension;
using ledger::Period;

constexpr ledger::Micros kDayLength = 86'400'000'000;

}  // namespace

Meter::State::State(RateWindow window) {
  if (window == RateWindow::kTokenBucket) rate.emplace<Bucket>();
}

Meter::Meter(const QondorLimits& limits)
    : limits_(limits), rate_quotas_(limits.per_second, 0), state_(limits.window) {}

ledger::Decision Meter::Decide(TimePoint now, TimePoint start) {
  const Micros begun = ToUnixMicros(start);
  const MutexLock lock(mutex_);
  Advance(state_, ToUnixMicros(now), begun);
  const bool rate_admits = RateAdmits(state_), day_admits = DayAdmits(state_);
  ledger::Decision decision{FromUnixMicros(state_.seen), {}};
  if (rate_admits && day_admits) {
    ChargeRate(state_);
    ChargeDay(state_);
    return decision;
  }
  ledger::Refusal refusal;
  refusal.dimension = Dimension::kSubscription;
  refusal.period = rate_admits ? Period::kDay : Period::kSecond;
  refusal.limit = rate_admits ? limits_.per_day : limits_.per_second;
  refusal.used = rate_admits ? DayUsed(state_) : RateUsed(state_);
  if (limits_.count_refused == ledger::CountRefused::kYes) {  // QO3; it puts off its own return
    if (limits_.window == RateWindow::kSliding) ChargeRate(state_);
    ChargeDay(state_);
  }
  refusal.retry_at = FromUnixMicros(std::max(RateOpens(state_), DayOpens(state_, begun)));
  decision.refusal = refusal;
  return decision;
}

std::vector<ledger::CounterView> Meter::Inspect(TimePoint now, TimePoint start) const {
  const Micros begun = ToUnixMicros(start);
  const MutexLock lock(mutex_);
  State copy = state_;
  Advance(copy, ToUnixMicros(now), begun);
  const auto opens = [&](Micros at) { return at == copy.seen ? now : FromUnixMicros(at); };
  std::vector<ledger::CounterView> views;
  if (limits_.per_second > 0) {
    views.push_back({Dimension::kSubscription,
                     Period::kSecond,
                     limits_.per_second,
                     RateUsed(copy),
                     opens(RateOpens(copy)),
                     {}});
  }
  if (limits_.per_day > 0) {
    views.push_back({Dimension::kSubscription,
                     Period::kDay,
                     limits_.per_day,
                     DayUsed(copy),
                     opens(DayOpens(copy, begun)),
                     {}});
  }
  return views;
}

void Meter::Advance(State& state, Micros now, Micros start) const {
  const Micros from = state.seen == INT64_MIN ? now : state.seen;
  state.seen = std::max(now, from);
  if (rate_quotas_.any()) {
    std::visit([&](auto& rate) { rate.Advance(rate_quotas_, from, state.seen); }, state.rate);
  }
  const Micros period = ledger::FloorDivide(state.seen - start, kDayLength);
  if (period != state.day.period) state.day = {period, 0};
}

bool Meter::RateAdmits(const State& state) const {
  if (!rate_quotas_.any()) return true;
  return std::visit([&](const auto& rate) { return rate.Admits(rate_quotas_, state.seen); },
                    state.rate);
}

bool Meter::DayAdmits(const State& state) const {
  return limits_.per_day == 0 || state.day.count < limits_.per_day;
}

void Meter::ChargeRate(State& state) const {
  if (!rate_quotas_.any()) return;
  std::visit([&](auto& rate) { rate.Charge(rate_quotas_, state.seen); }, state.rate);
}

void Meter::ChargeDay(State& state) {
  if (state.day.count < UINT32_MAX) ++state.day.count;
}

ledger::Micros Meter::RateOpens(const State& state) const {
  if (!rate_quotas_.any()) return state.seen;
  return std::visit(
      [&](const auto& rate) {
        return rate.NextAdmitted(rate_quotas_, Period::kSecond, state.seen);
      },
      state.rate);
}

ledger::Micros Meter::DayOpens(const State& state, Micros start) const {
  if (DayAdmits(state)) return state.seen;
  return start + (state.day.period + 1) * kDayLength;
}

std::uint32_t Meter::RateUsed(const State& state) const {
  return std::visit(
      [&](const auto& rate) { return rate.Used(rate_quotas_, Period::kSecond, state.seen); },
      state.rate);
}

std::uint32_t Meter::DayUsed(const State& state) const {
  return std::min(state.day.count, limits_.per_day);
}

}  // namespace kondor::qondor
