#include "scenarios/judge/watch.h"

#include <algorithm>
#include <utility>

namespace kondor::judge {
namespace {

constexpr Duration kSeldom = std::chrono::milliseconds(100);
// By then there is nothing to learn from more of them.
constexpr std::size_t kCallsMax = 50'000;
// Good answers a program has before something happens to it.
constexpr std::size_t kGoodAnswersFirst = 2;

}  // namespace

bool IsEventPending(const Evidence& evidence) {
  const Event event = evidence.trial->event;
  return !evidence.event_happened &&
         (event == Event::kTokenDeactivated || event == Event::kKeyRegenerated);
}

GoOn Watch::Tick() {
  const TimePoint now = clock_.Now();
  if (!IsEventPending(evidence_) && now < looked_ + kSeldom) return GoOn::kYes;
  looked_ = now;
  TakeCalls();
  if (IsEventPending(evidence_) && IsTimeForEvent()) LetItHappen();
  flood_ = evidence_.calls.size() > kCallsMax;
  return flood_ || trouble_ ? GoOn::kNo : GoOn::kYes;
}

void Watch::TakeCalls() {
  Result<std::vector<Call>> calls = sandbox_.NewCalls();
  if (!calls) {
    trouble_ = calls.error();
    return;
  }
  std::ranges::move(*calls, std::back_inserter(evidence_.calls));
  evidence_.calls_lost = sandbox_.calls_lost();
}

bool Watch::IsTimeForEvent() const {
  const bool qondor = evidence_.trial->vendor == Vendor::kQondor;
  const auto good = std::ranges::count_if(evidence_.calls, [&](const Call& call) {
    return call.outcome == Outcome::kOk && (qondor ? call.IsQondor() : call.IsKondado());
  });
  return static_cast<std::size_t>(good) >= kGoodAnswersFirst;
}

void Watch::LetItHappen() {
  const bool qondor = evidence_.trial->event == Event::kKeyRegenerated;
  evidence_.old_key = sandbox_.credentials().kondado_key;
  const Result<void> done =
      qondor ? sandbox_.RegeneratePrimaryKey() : sandbox_.DeactivateToken(evidence_.old_key);
  if (!done) trouble_ = done.error();
  evidence_.event_happened = true;
}

}  // namespace kondor::judge
