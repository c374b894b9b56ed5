// A request that fails is sent again and again without a pause.
#include <deque>
#include <map>
#include <tuple>

#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {
namespace {

// Five failures of one request in a row within five seconds, and a sixth: who doubles a pause of
// half a second each time needs 15 s for that, and one call a second is the limit anyway (K4).
constexpr std::size_t kFailuresMax = 5;
constexpr Duration kSpan = std::chrono::seconds(5);

}  // namespace

void FindRetryStorms(const Evidence& evidence, Findings& findings) {
  std::map<std::tuple<std::string, std::string, std::string>, std::deque<TimePoint>> failures;
  Finding finding{FindingId::kRetryStorm, "K4", {}, 0};
  for (const Call& call : evidence.calls) {
    std::deque<TimePoint>& recent = failures[{call.surface, call.method, call.path}];
    // Dead credentials have a rule of their own.
    const bool failed = call.IsTransientFailure() || call.outcome == Outcome::kFailed ||
                        call.outcome == Outcome::kUnknownRoute;
    if (!failed) {
      recent.clear();
      continue;
    }
    recent.push_back(call.at);
    if (recent.size() <= kFailuresMax) continue;
    if (recent.back() - recent.front() <= kSpan) {
      finding.Show(call, "failed " + std::to_string(recent.size()) + " times within " +
                             Seconds(recent.back() - recent.front()));
    }
    recent.pop_front();
  }
  if (finding.count == 0) return;
  finding.text = "a request that failed was repeated without a pause";
  findings.push_back(std::move(finding));
}

}  // namespace kondor::judge
