// How the program ended, and what it left.
#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {
namespace {

void Blame(Finding& finding, const std::string& what) {
  ++finding.count;
  finding.text += (finding.text.empty() ? "" : "; ") + what;
}

bool AllIsDone(const Evidence& evidence) {
  return KeepsOutput(evidence) &&
         RightIds(evidence).size() == static_cast<std::size_t>(evidence.jobs);
}

void LookAtExit(const Evidence& evidence, Finding& finding) {
  const Ending& last = evidence.endings.back();
  if (last.how != Ending::How::kExited) return;
  const bool done = AllIsDone(evidence);
  if (evidence.trial->work == Work::kAll && !last.IsSuccess() && done) {
    Blame(finding, "all its work was done, and it ended with " + Describe(last));
  }
  // Nobody would ever hear of the rest.
  const bool some = evidence.trial->work == Work::kSomeOfIt && KeepsOutput(evidence);
  if (some && last.IsSuccess() && !done) {
    Blame(finding, "it could not do all its work, and ended with exit 0 as if it had");
  }
}

}  // namespace

void FindBadEndings(const Evidence& evidence, Findings& findings) {
  Finding finding{FindingId::kEndedBadly, "", {}, 0};
  for (const Ending& ending : evidence.endings) {
    if (ending.how != Ending::How::kExited) Blame(finding, Describe(ending));
    if (ending.left_behind > 0) {
      Blame(finding, "it left processes behind, which went on without it");
    }
  }
  if (!evidence.endings.empty()) LookAtExit(evidence, finding);
  if (!evidence.output.trouble.empty()) {
    Blame(finding, "KONDOR_OUTPUT cannot be read: " + evidence.output.trouble);
  }
  if (evidence.output.unreadable > 0) {
    Blame(finding, Some(evidence.output.unreadable, "line") +
                       " of KONDOR_OUTPUT without a JSON object of pipeline_id and status");
  }
  if (finding.count > 0) findings.push_back(std::move(finding));
}

}  // namespace kondor::judge
