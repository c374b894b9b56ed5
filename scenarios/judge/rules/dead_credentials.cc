// What a program does with credentials that have died under it (T4, T5, Q5).
#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {
namespace {

// Calls of other workers may be on their way, or in the queue of a limiter, while the first is
// told.
constexpr std::size_t kOnTheirWay = 3;
constexpr Duration kTheirWay = std::chrono::milliseconds(500);
// A token can be activated again (T4), so looking now and then is no fault.
constexpr std::size_t kLooksAgain = 2;
constexpr Duration kNowAndThen = std::chrono::seconds(60);

bool IsDead(const Evidence& evidence, const Call& call) {
  if (call.outcome != Outcome::kAuthError) return false;
  if (evidence.trial->event == Event::kKeyRegenerated) {
    return call.IsQondor() && call.code == "REGENERATED_KEY";
  }
  return call.IsKondado() && call.key == evidence.old_key;
}

class Forgiveness {
 public:
  explicit Forgiveness(const Evidence& evidence) : evidence_(evidence) {}

  // Of a call with credentials that the program has been told are dead.
  bool Covers(const Call& call) {
    const bool first = told_ == nullptr;
    const TimePoint before = last_;
    last_ = call.at;
    if (first) {
      told_ = &call;
      return true;
    }
    if (call.at <= told_->at + Unpunctuality(evidence_, kTheirWay)) return true;
    if (!call.SameRequest(*told_) && on_their_way_++ < kOnTheirWay) return true;
    return call.at >= before + kNowAndThen && looks_++ < kLooksAgain;
  }

 private:
  const Evidence& evidence_;
  const Call* told_ = nullptr;
  TimePoint last_;
  std::size_t on_their_way_ = 0, looks_ = 0;
};

}  // namespace

void FindDeadCredentialsReused(const Evidence& evidence, Findings& findings) {
  if (!evidence.event_happened) return;
  const bool qondor = evidence.trial->event == Event::kKeyRegenerated;
  Finding finding{FindingId::kDeadCredentialsReused, qondor ? "G2" : "T6", {}, 0};
  Forgiveness forgiveness(evidence);
  const bool restarted = evidence.trial->event == Event::kStartedWithNewToken;
  for (std::size_t i = restarted ? evidence.second_run : 0; i < evidence.calls.size(); ++i) {
    const Call& call = evidence.calls[i];
    if (!IsDead(evidence, call)) continue;
    // A program that was started with new ones needs nobody to tell it.
    if (restarted) {
      finding.Show(call, "the old key, after a start with a new one: " + call.code);
    } else if (!forgiveness.Covers(call)) {
      finding.Show(call,
                   "the vendor had said before that these credentials are no good: " + call.code);
    }
  }
  if (finding.count == 0) return;
  finding.text = Some(finding.count, "call") + " with credentials that were known to be dead";
  findings.push_back(std::move(finding));
}

void FindNoSecondaryKey(const Evidence& evidence, Findings& findings) {
  if (!evidence.event_happened || evidence.trial->event != Event::kKeyRegenerated) return;
  Finding finding{FindingId::kNoSecondaryKey, "Q5", {}, 0};
  for (const Call& call : evidence.calls) {
    if (!call.IsQondor()) continue;
    if (IsDead(evidence, call)) finding.Show(call, "refused: the primary key had been regenerated");
    if (call.key == "secondary" && call.outcome != Outcome::kAuthError) return;
  }
  if (finding.count == 0) return;
  finding.text = "QONDOR_SECONDARY_KEY would have worked, and was never used";
  findings.push_back(std::move(finding));
}

}  // namespace kondor::judge
