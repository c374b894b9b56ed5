#include "bench/strategies/readings.h"

namespace kondor::bench {

using ledger::CountRefused;
using ledger::Lockout;
using ledger::Scope;
using ledger::Window;

std::string_view ToText(Window window) {
  switch (window) {
    case Window::kSlidingLog:
      return "sliding_log";
    case Window::kFixedFromFirst:
      return "fixed_from_first";
    case Window::kFixedAligned:
      return "fixed_aligned";
    case Window::kSlidingCounter:
      return "sliding_counter";
    case Window::kTokenBucket:
      return "token_bucket";
    case Window::kGcra:
      return "gcra";
  }
  return {};
}

std::string_view ToText(Lockout lockout) {
  switch (lockout) {
    case Lockout::kNone:
      return "none";
    case Lockout::kFromBreach:
      return "from_breach";
    case Lockout::kFromLast:
      return "from_last";
  }
  return {};
}

std::string_view ToText(CountRefused refused) {
  return refused == CountRefused::kYes ? "yes" : "no";
}

std::string_view ToText(Scope scope) { return scope == Scope::kPair ? "pair" : "independent"; }

std::vector<NamedReading> AllReadings() {
  constexpr Window kWindows[] = {Window::kSlidingLog,   Window::kFixedFromFirst,
                                 Window::kFixedAligned, Window::kSlidingCounter,
                                 Window::kTokenBucket,  Window::kGcra};
  std::vector<NamedReading> readings;
  for (const Window window : kWindows) {
    const std::string name(ToText(window));
    readings.push_back({name, {.window = window}});
    for (const Lockout lockout : {Lockout::kFromBreach, Lockout::kFromLast}) {
      readings.push_back(
          {name + "+" + std::string(ToText(lockout)), {.window = window, .lockout = lockout}});
    }
    // A token bucket and GCRA are never charged for a refusal (KO3).
    if (window == Window::kTokenBucket || window == Window::kGcra) continue;
    readings.push_back(
        {name + "+refused_count", {.window = window, .count_refused = CountRefused::kYes}});
  }
  readings.push_back({"sliding_log+pair", {.scope = Scope::kPair}});
  return readings;
}

}  // namespace kondor::bench
