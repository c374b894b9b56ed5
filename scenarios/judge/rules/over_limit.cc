// Refused for the limits, and it was the program's own doing.
//
// The judge counts the published words by itself (K4, Q7): so many admitted calls in the second and
// minute before, a call exactly one window after another being fine. A refusal that these words do
// not explain is due to a stricter reading, which nobody could know of.
#include <algorithm>
#include <map>
#include <optional>

#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {
namespace {

struct Window {
  int limit = 0;
  Duration length{};
};

// Instants of the admitted calls of one address or subscription.
using Log = std::vector<TimePoint>;

// How much too early a call at `t` is; nothing or less: it is not.
Duration TooEarly(const Log& log, const Window& window, TimePoint t) {
  const auto limit = static_cast<std::size_t>(window.limit);
  if (window.limit <= 0 || log.size() < limit) return Duration::zero();
  return log[log.size() - limit] + window.length - t;
}

enum class Guilt { kNone, kClose, kClear };

struct Charge {
  Guilt guilt = Guilt::kNone;
  std::string text;
};

// `close`: what may be the network's doing.
Charge Look(const Evidence& evidence, const Log& log, const std::vector<Window>& windows,
            const Call& call) {
  Charge charge;
  for (const Window& window : windows) {
    const Duration early = TooEarly(log, window, call.at);
    if (early <= Duration::zero()) continue;
    const bool clear = early > Unpunctuality(evidence, window.length / 2);
    if (clear && charge.guilt == Guilt::kClear) continue;
    if (!clear && charge.guilt != Guilt::kNone) continue;
    charge.guilt = clear ? Guilt::kClear : Guilt::kClose;
    charge.text = Seconds(early) +
                  " too early: " + Some(static_cast<std::size_t>(window.limit), "call") +
                  " had been admitted within " + Seconds(window.length) + " before";
  }
  return charge;
}

std::vector<Window> WindowsFor(const Evidence& evidence, const Call& call) {
  using std::chrono::seconds;
  if (call.IsQondor()) return {{evidence.limits.qondor_per_second, seconds(1)}};
  return {{evidence.limits.per_second, seconds(1)}, {evidence.limits.per_minute, seconds(60)}};
}

bool WasAdmitted(const Call& call) {
  if (call.IsQondor()) return call.outcome == Outcome::kOk || call.outcome == Outcome::kFailed;
  return call.outcome != Outcome::kRateLimited && call.outcome != Outcome::kFault;
}

// How many refusals by a hair are the network's and nobody's.
std::size_t Forgiven(std::size_t calls) { return std::max<std::size_t>(1, calls / 20); }

void FindExcessAt(const Evidence& evidence, std::string_view surface, std::string_view rule,
                  Findings& findings) {
  std::map<std::string, Log> logs;  // by address
  Finding clear{FindingId::kOverLimit, rule, {}, 0};
  Finding close = clear;
  std::size_t calls = 0;
  for (std::size_t i = 0; i < evidence.calls.size(); ++i) {
    const Call& call = evidence.calls[i];
    // A program that starts anew knows of nothing.
    if (i == evidence.second_run) logs.clear();
    if (call.surface != surface) continue;
    ++calls;
    Log& log = logs[call.IsQondor() ? "" : call.ip];
    if (WasAdmitted(call)) log.push_back(call.at);
    if (call.outcome != Outcome::kRateLimited || call.cause != "window") continue;
    const Charge charge = Look(evidence, log, WindowsFor(evidence, call), call);
    if (charge.guilt == Guilt::kClear) clear.Show(call, charge.text);
    if (charge.guilt == Guilt::kClose) close.Show(call, charge.text);
  }
  if (clear.count > 0) {
    clear.text =
        Some(clear.count, "call") + " went over the limits; they would have been admitted later";
    findings.push_back(std::move(clear));
  } else if (close.count > Forgiven(calls)) {
    close.text = Some(close.count, "call") + " of " + std::to_string(calls) +
                 " came a moment too early: leave a margin for the network";
    findings.push_back(std::move(close));
  }
}

}  // namespace

void FindOverLimit(const Evidence& evidence, Findings& findings) {
  FindExcessAt(evidence, "k2", "K4", findings);
  FindExcessAt(evidence, "qondor", "Q7", findings);
}

}  // namespace kondor::judge
