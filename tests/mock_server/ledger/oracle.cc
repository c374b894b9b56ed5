#include "oracle.h"

#include <algorithm>

namespace kondor::ledger {
namespace {

using Micros = std::int64_t;
__extension__ using Wide = __int128;

constexpr Micros kLockLength = 60'000'000;

Micros WindowIndex(Micros at, Micros length) {
  Micros index = at / length;
  while (index * length > at) --index;
  return index;
}

Micros CountIf(const std::vector<Micros>& instants, auto predicate) {
  return std::count_if(instants.begin(), instants.end(), predicate);
}

// Tokens left at `at`, times the window's length.
Wide BucketLevel(const std::vector<Micros>& counted, Micros limit, Micros length, Micros at) {
  const Wide full = Wide{limit} * length;
  if (counted.empty()) return full;
  Wide level = full;
  Micros last = counted.front();
  for (const Micros call : counted) {
    level = std::min(full, level + Wide{call - last} * limit) - length;
    last = call;
  }
  return std::min(full, level + Wide{at - last} * limit);
}

// How many calls the window open at `at` holds; none if no window is open.
Micros InWindowFromFirst(const std::vector<Micros>& counted, Micros length, Micros at) {
  std::optional<Micros> opened;
  Micros calls = 0;
  for (const Micros call : counted) {
    if (!opened || call - *opened >= length) {
      opened = call;
      calls = 0;
    }
    ++calls;
  }
  return opened && at - *opened < length ? calls : 0;
}

}  // namespace

std::vector<Oracle::Name> Oracle::Names(const IpIdentity& ip,
                                        std::optional<KeyIdentity> key) const {
  const std::string address =
      (ip.family == IpIdentity::Family::kV4 ? "v4 " : "v6 ") + std::to_string(ip.bits);
  if (!key) return {{address, Dimension::kIp}};
  const std::string serial = "key " + std::to_string(static_cast<std::uint32_t>(*key));
  if (reading_.scope == Scope::kPair) return {{address + " with " + serial, Dimension::kPair}};
  return {{address, Dimension::kIp}, {serial, Dimension::kKey}};
}

const Oracle::History& Oracle::Of(const Name& name) const {
  static const History kNothing;
  const auto found = histories_.find(name.text);
  return found == histories_.end() ? kNothing : found->second;
}

std::vector<Oracle::Window> Oracle::Windows() const {
  std::vector<Window> windows;
  if (reading_.per_second > 0) {
    windows.push_back({Period::kSecond, 1'000'000, reading_.per_second});
  }
  if (reading_.per_minute > 0) {
    windows.push_back({Period::kMinute, 60'000'000, reading_.per_minute});
  }
  return windows;
}

Micros Oracle::BookedAt(Micros now, const std::vector<Name>& names) const {
  if (Windows().empty()) return now;  // no counters, no books
  for (const Name& name : names) {
    const auto& calls = Of(name).calls;
    if (!calls.empty()) now = std::max(now, calls.back());
  }
  return now;
}

Micros Oracle::Used(const History& history, const Window& window, Micros at) const {
  const auto& counted = history.counted;
  const Micros length = window.length;
  const Micros limit = window.limit;
  const Micros index = WindowIndex(at, length);
  const auto in_window = [&](Micros wanted) {
    return CountIf(counted, [=](Micros c) { return WindowIndex(c, length) == wanted; });
  };
  Micros used = 0;
  switch (reading_.window) {
    case kondor::ledger::Window::kSlidingLog:
      used = CountIf(counted, [=](Micros c) { return at - length < c && c <= at; });
      break;
    case kondor::ledger::Window::kFixedFromFirst:
      used = InWindowFromFirst(counted, length, at);
      break;
    case kondor::ledger::Window::kFixedAligned:
      used = in_window(index);
      break;
    case kondor::ledger::Window::kSlidingCounter: {
      const Micros left = length - (at - index * length);
      const Wide weight = Wide{in_window(index - 1)} * left + Wide{in_window(index)} * length;
      used = static_cast<Micros>((weight + length - 1) / length);
      break;
    }
    case kondor::ledger::Window::kTokenBucket: {
      const Wide missing = Wide{limit} * length - BucketLevel(counted, limit, length, at);
      used = static_cast<Micros>((missing + length - 1) / length);
      break;
    }
    case kondor::ledger::Window::kGcra:
      used = CounterAdmits(history, window, at) ? 0 : 1;
      break;
  }
  return std::min(used, limit);
}

bool Oracle::CounterAdmits(const History& history, const Window& window, Micros at) const {
  const auto& counted = history.counted;
  const Micros length = window.length;
  const Micros limit = window.limit;
  switch (reading_.window) {
    case kondor::ledger::Window::kSlidingLog:
    case kondor::ledger::Window::kFixedFromFirst:
    case kondor::ledger::Window::kFixedAligned:
      return Used(history, window, at) < limit;
    case kondor::ledger::Window::kSlidingCounter: {
      // previous x (1 - elapsed fraction) + current < limit, times the length.
      const Micros index = WindowIndex(at, length);
      Wide previous = 0;
      Wide current = 0;
      for (const Micros call : counted) {
        if (WindowIndex(call, length) == index - 1) ++previous;
        if (WindowIndex(call, length) == index) ++current;
      }
      const Micros elapsed = at - index * length;
      return previous * (length - elapsed) + current * length < Wide{limit} * length;
    }
    case kondor::ledger::Window::kTokenBucket:
      return BucketLevel(counted, limit, length, at) >= length;
    case kondor::ledger::Window::kGcra:
      return counted.empty() || Wide{at - counted.back()} * limit >= length;
  }
  return false;
}

std::optional<Micros> Oracle::LockedUntil(const History& history, Micros at) const {
  std::optional<Micros> start;
  for (const Micros refusal : history.refused) {
    if (reading_.lockout == Lockout::kFromLast) start = refusal;
    if (reading_.lockout == Lockout::kFromBreach && (!start || refusal - *start >= kLockLength)) {
      start = refusal;
    }
  }
  if (!start || at - *start >= kLockLength) return {};
  return *start + kLockLength;
}

bool Oracle::Admits(const History& history, Micros at) const {
  if (LockedUntil(history, at)) return false;
  const auto windows = Windows();
  return std::all_of(windows.begin(), windows.end(),
                     [&](const Window& window) { return CounterAdmits(history, window, at); });
}

// No formula: the first instant at which the counter admits, found by halving.
Micros Oracle::NextAdmitted(const History& history, const Window& window, Micros at) const {
  if (CounterAdmits(history, window, at)) return at;
  Micros refuses = at;
  Micros admits = at + 3 * window.length;
  while (admits - refuses > 1) {
    const Micros middle = refuses + (admits - refuses) / 2;
    (CounterAdmits(history, window, middle) ? admits : refuses) = middle;
  }
  return admits;
}

std::vector<std::vector<Micros>> Oracle::UsedByAll(const std::vector<Name>& names,
                                                   Micros at) const {
  std::vector<std::vector<Micros>> used;
  for (const Name& name : names) {
    used.emplace_back();
    for (const Window& window : Windows()) used.back().push_back(Used(Of(name), window, at));
  }
  return used;
}

Refusal Oracle::Explain(const std::vector<Name>& names,
                        const std::vector<std::vector<Micros>>& used, Micros at) const {
  Refusal worst;
  Micros worst_until = at - 1;
  const auto windows = Windows();
  for (std::size_t n = 0; n < names.size(); ++n) {
    const History& history = Of(names[n]);
    Refusal mine;
    Micros until = at - 1;
    for (std::size_t w = 0; w < windows.size(); ++w) {
      const Micros next = NextAdmitted(history, windows[w], at);
      if (next <= until) continue;
      until = next;
      mine.period = windows[w].period;
      mine.limit = static_cast<std::uint32_t>(windows[w].limit);
      mine.used = static_cast<std::uint32_t>(used[n][w]);
    }
    mine.dimension = names[n].dimension;
    if (const auto locked_until = LockedUntil(history, at); locked_until >= until) {
      mine.cause = Cause::kLockout;
      until = *locked_until;
    }
    if (until <= worst_until) continue;
    worst = mine;
    worst_until = until;
  }
  worst.retry_at = FromUnixMicros(worst_until);
  return worst;
}

Decision Oracle::Decide(TimePoint now, const IpIdentity& ip, std::optional<KeyIdentity> key) {
  const auto names = Names(ip, key);
  const Micros at = BookedAt(ToUnixMicros(now), names);
  const auto used = UsedByAll(names, at);
  const bool in_order = reading_.charge == Charge::kInOrder;

  std::vector<std::string> charged;
  bool refused = false;
  for (const Name& name : names) {
    if (Admits(Of(name), at)) {
      charged.push_back(name.text);
      continue;
    }
    refused = true;
    histories_[name.text].refused.push_back(at);
    if (in_order) break;
  }
  if (refused && !in_order) charged.clear();
  const bool counts_refused = reading_.count_refused == CountRefused::kYes &&
                              reading_.window != kondor::ledger::Window::kTokenBucket &&
                              reading_.window != kondor::ledger::Window::kGcra;
  if (refused && counts_refused) {
    charged.clear();
    for (const Name& name : names) charged.push_back(name.text);
  }
  for (const std::string& name : charged) histories_[name].counted.push_back(at);
  for (const Name& name : names) histories_[name.text].calls.push_back(at);

  Decision decision{FromUnixMicros(at), {}};
  if (refused) decision.refusal = Explain(names, used, at);
  return decision;
}

std::vector<CounterView> Oracle::Inspect(TimePoint now, const IpIdentity& ip,
                                         std::optional<KeyIdentity> key) const {
  const auto names = Names(ip, key);
  const Micros at = BookedAt(ToUnixMicros(now), names);
  std::vector<CounterView> views;
  for (const Name& name : names) {
    const auto locked_until = LockedUntil(Of(name), at);
    for (const Window& window : Windows()) {
      CounterView view;
      view.dimension = name.dimension;
      view.period = window.period;
      view.limit = static_cast<std::uint32_t>(window.limit);
      view.used = static_cast<std::uint32_t>(Used(Of(name), window, at));
      const Micros next = std::max(NextAdmitted(Of(name), window, at), locked_until.value_or(at));
      view.next_admitted = next == at ? now : FromUnixMicros(next);
      if (locked_until) view.locked_until = FromUnixMicros(*locked_until);
      views.push_back(view);
    }
  }
  return views;
}

}  // namespace kondor::ledger
