#include "scenarios/live/limits.h"

#include <algorithm>

namespace kondor::live {
namespace {

std::int64_t Ms(TimePoint instant) {
  return std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch()).count();
}

TimePoint At(std::int64_t ms) { return TimePoint(std::chrono::milliseconds(ms)); }

// What was called before the run counts, too, and nobody knows of it: after this long no window of
// a minute, no two that touch, and no lock remembers any of it.
constexpr Duration kSilence = std::chrono::seconds(121);

}  // namespace

void ProbeKondado(Inquiry& inquiry, const ProbeOptions& options) {
  Lines& lines = inquiry.lines();
  Probe probe(options.second);
  const TimePoint begin = lines.clock().Now() + kSilence;
  for (;;) {
    const Means means{lines.meter().left() - inquiry.CallsNeeded(),
                      options.refusals - probe.refusals()};
    const auto next = probe.Next(Ms(std::max(lines.clock().Now(), begin)), means);
    if (!next || At(next->sent_ms) > options.until) break;
    const Answered answered = inquiry.Carry(At(next->sent_ms), next->who);
    if (!answered.response) break;  // whether it was counted, nobody knows
    probe.Tell({Ms(answered.sent), Ms(answered.answered), next->who},
               LetterOf(answered, next->who));
  }
  lines.RestUntil(lines.clock().Now() + std::chrono::milliseconds(probe.RestMs()));
  Conclude(probe, options.second, inquiry.expected(), inquiry.findings());
}

}  // namespace kondor::live
