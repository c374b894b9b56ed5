// A call that does something (K7, K15, a Qondor create) was made again although it may have been
// carried out: its answer was lost, or it was even answered.
#include <map>
#include <tuple>

#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {

void FindRepeatedUnsafeCalls(const Evidence& evidence, Findings& findings) {
  Finding finding{FindingId::kRepeatedUnsafeCall, "K7", {}, 0};
  std::map<std::tuple<std::string, std::string, std::size_t>, std::uint64_t> done;  // by which call
  for (const Call& call : evidence.calls) {
    if (call.method != "POST") continue;
    const auto request = std::tuple(call.surface, call.path, call.body_hash);
    const auto before = done.find(request);
    // One that was refused for the limits has done nothing, before or after.
    if (before != done.end() && !call.IsRefused()) {
      finding.Show(call, "call " + std::to_string(before->second) +
                             " was the same, and it had been carried out");
    }
    // In other trials a program may have its reasons to do one thing twice.
    const bool counts = evidence.trial->work == Work::kOneRun || call.IsTransientFailure();
    if (call.outcome == Outcome::kOk && counts) done.try_emplace(request, call.id);
  }
  if (finding.count == 0) return;
  finding.text = Some(finding.count, "call") +
                 " repeated what may be done once; look first whether it was done";
  findings.push_back(std::move(finding));
}

}  // namespace kondor::judge
