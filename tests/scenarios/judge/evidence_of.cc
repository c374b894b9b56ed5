#include "tests/scenarios/judge/evidence_of.h"

namespace kondor::judge {

Evidence EvidenceOf(std::initializer_list<At> calls, const std::string& trial) {
  Evidence evidence;
  evidence.trial = FindTrial(trial);
  for (const At& at : calls) {
    Call call;
    call.id = evidence.calls.size() + 1;
    call.at = TimePoint(std::chrono::seconds(1'000)) +
              std::chrono::duration_cast<Duration>(std::chrono::duration<double>(at.s));
    call.surface = "k2";
    call.method = "GET";
    call.path = "/pipelines/" + std::to_string(at.pipeline) + "/status";
    call.ip = "127.0.0.1";
    call.status = 200;
    call.outcome = at.outcome;
    call.fault = at.fault;
    if (at.outcome == Outcome::kRateLimited) {
      call.cause = "window";
      call.wait = std::chrono::seconds(60);
    }
    evidence.calls.push_back(call);
  }
  evidence.second_run = evidence.calls.size();
  evidence.endings.emplace_back();
  return evidence;
}

std::vector<std::string> IdsOf(const Findings& findings) {
  std::vector<std::string> ids;
  for (const Finding& finding : findings) ids.emplace_back(ToText(finding.id));
  return ids;
}

}  // namespace kondor::judge
