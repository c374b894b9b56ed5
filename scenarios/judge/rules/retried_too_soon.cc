// A refusal says how long to wait (K5, K6, G6). The same request before that is a fault; so is any
// other that is refused meanwhile, unless it was on its way already.
#include <deque>
#include <map>
#include <utility>

#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {
namespace {

struct Refusal {
  std::uint64_t id = 0;
  TimePoint at;
  Duration wait{};
};

// The refusals of one vendor that a program still has to heed.
class Patience {
 public:
  explicit Patience(const Evidence& evidence) : evidence_(evidence) {}

  // What the call should have waited for; null for nothing.
  const Refusal* Broken(const Call& call) {
    // A busy sandbox may end late what it began early: that came before anybody was told to wait.
    if (!active_.empty() && call.at < active_.front().at) return nullptr;
    while (!active_.empty() && !IsTooSoon(active_.front(), call)) active_.pop_front();
    const auto same = last_.find({call.method, call.path});
    if (same != last_.end() && call.at >= same->second.at && IsTooSoon(same->second, call)) {
      return &same->second;
    }
    if (active_.empty() || !call.IsRefused()) return nullptr;
    // Others may have been on their way while the refusal was.
    const Refusal& oldest = active_.front();
    return call.at > oldest.at + OnTheirWay(evidence_, oldest.wait / 4) ? &oldest : nullptr;
  }

  void Take(const Call& call) {
    if (!call.IsRefused() || !call.wait) return;
    const Refusal refusal{call.id, call.at, *call.wait};
    last_[{call.method, call.path}] = refusal;
    active_.push_back(refusal);
  }

  // A program that starts anew knows of nothing.
  void Forget() {
    active_.clear();
    last_.clear();
  }

 private:
  // Who counts from when he sent the refused call is early by its way there.
  bool IsTooSoon(const Refusal& refusal, const Call& call) const {
    return call.at < refusal.at + refusal.wait - Unpunctuality(evidence_, refusal.wait / 20);
  }

  const Evidence& evidence_;
  std::deque<Refusal> active_;
  std::map<std::pair<std::string, std::string>, Refusal> last_;  // by request
};

void FindHasteAt(const Evidence& evidence, std::string_view surface, std::string_view rule,
                 Findings& findings) {
  Finding finding{FindingId::kRetriedTooSoon, rule, {}, 0};
  Patience patience(evidence);
  for (std::size_t i = 0; i < evidence.calls.size(); ++i) {
    const Call& call = evidence.calls[i];
    if (i == evidence.second_run) patience.Forget();
    if (call.surface != surface) continue;
    if (const Refusal* refusal = patience.Broken(call)) {
      finding.Show(call, Seconds(call.at - refusal->at) + " after the refusal of call " +
                             std::to_string(refusal->id) + ", which asked for " +
                             Seconds(refusal->wait));
    }
    patience.Take(call);
  }
  if (finding.count == 0) return;
  finding.text = Some(finding.count, "call") + " did not wait as long as a refusal had asked";
  findings.push_back(std::move(finding));
}

}  // namespace

void FindRetriedTooSoon(const Evidence& evidence, Findings& findings) {
  FindHasteAt(evidence, "k2", "K6", findings);
  FindHasteAt(evidence, "qondor", "G6", findings);
}

}  // namespace kondor::judge
