#include "scenarios/judge/rules/rules.h"

namespace kondor::judge {

Findings Judge(const Evidence& evidence) {
  Findings findings;
  FindOverLimit(evidence, findings);
  FindRetriedTooSoon(evidence, findings);
  FindRetryStorms(evidence, findings);
  FindStarvedWorkers(evidence, findings);
  FindErrorsTakenForData(evidence, findings);
  FindWorkLeftUndone(evidence, findings);
  FindMisplacedCredentials(evidence, findings);
  FindLeakedCredentials(evidence, findings);
  FindDeadCredentialsReused(evidence, findings);
  FindNoSecondaryKey(evidence, findings);
  FindRepeatedUnsafeCalls(evidence, findings);
  FindBadEndings(evidence, findings);
  return findings;
}

}  // namespace kondor::judge
