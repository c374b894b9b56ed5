#include "describe.h"

#include <algorithm>
#include <sstream>
#include <tuple>

namespace kondor::ledger {
namespace {

constexpr const char* kWindows[] = {"sliding_log",     "fixed_from_first", "fixed_aligned",
                                    "sliding_counter", "token_bucket",     "gcra"};
constexpr const char* kLockouts[] = {"none", "from_breach", "from_last"};
constexpr const char* kCauses[] = {"window", "lockout", "books_full"};
constexpr const char* kDimensions[] = {"ip", "key", "pair"};

const char* Of(Period period) { return period == Period::kSecond ? "second" : "minute"; }

template <class T>
auto Name(const T& names, auto value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

bool Same(const Decision& a, const Decision& b) {
  if (a.at != b.at || a.admitted() != b.admitted()) return false;
  if (a.admitted()) return true;
  const auto parts = [](const Refusal& r) {
    return std::tie(r.cause, r.dimension, r.period, r.limit, r.used, r.retry_at);
  };
  return parts(*a.refusal) == parts(*b.refusal);
}

bool Same(const std::vector<CounterView>& a, const std::vector<CounterView>& b) {
  const auto parts = [](const CounterView& v) {
    return std::tie(v.dimension, v.period, v.limit, v.used, v.next_admitted, v.locked_until);
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const auto& x, const auto& y) { return parts(x) == parts(y); });
}

std::string Describe(Window window) { return Name(kWindows, window); }

std::string Describe(const Reading& reading) {
  std::ostringstream out;
  out << Name(kWindows, reading.window) << ", lockout " << Name(kLockouts, reading.lockout)
      << ", refused " << (reading.count_refused == CountRefused::kYes ? "count" : "free") << ", "
      << (reading.scope == Scope::kPair ? "pair" : "independent") << ", charge "
      << (reading.charge == Charge::kInOrder ? "in order" : "all or none") << ", "
      << reading.per_second << "/s " << reading.per_minute << "/min";
  return out.str();
}

std::string Describe(const Decision& decision) {
  std::ostringstream out;
  out << "at " << ToUnixMicros(decision.at);
  if (decision.admitted()) {
    out << " admitted";
  } else {
    const Refusal& refusal = *decision.refusal;
    out << " refused by " << Name(kDimensions, refusal.dimension) << " " << Of(refusal.period)
        << " (" << Name(kCauses, refusal.cause) << ") " << refusal.used << " of " << refusal.limit
        << ", retry at " << ToUnixMicros(refusal.retry_at);
  }
  return out.str();
}

std::string Describe(const std::vector<CounterView>& views) {
  std::ostringstream out;
  for (const CounterView& view : views) {
    out << Name(kDimensions, view.dimension) << " " << Of(view.period) << " " << view.used << " of "
        << view.limit << ", next " << view.next_admitted.time_since_epoch().count();
    if (view.locked_until) out << ", locked until " << ToUnixMicros(*view.locked_until);
    out << "\n";
  }
  return out.str();
}

}  // namespace kondor::ledger
