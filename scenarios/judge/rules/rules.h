// The rules a program is judged by. Each looks at all the evidence and adds what it finds. Pure
// functions; thread-safe. docs/JUDGE.md gives the reasons for every threshold here.
#pragma once

#include <vector>

#include "scenarios/judge/evidence.h"
#include "scenarios/judge/findings.h"

namespace kondor::judge {

using Findings = std::vector<Finding>;

void FindOverLimit(const Evidence& evidence, Findings& findings);
void FindRetriedTooSoon(const Evidence& evidence, Findings& findings);
void FindRetryStorms(const Evidence& evidence, Findings& findings);
void FindStarvedWorkers(const Evidence& evidence, Findings& findings);
void FindErrorsTakenForData(const Evidence& evidence, Findings& findings);
void FindWorkLeftUndone(const Evidence& evidence, Findings& findings);
void FindMisplacedCredentials(const Evidence& evidence, Findings& findings);
void FindLeakedCredentials(const Evidence& evidence, Findings& findings);
void FindDeadCredentialsReused(const Evidence& evidence, Findings& findings);
void FindNoSecondaryKey(const Evidence& evidence, Findings& findings);
void FindRepeatedUnsafeCalls(const Evidence& evidence, Findings& findings);
void FindBadEndings(const Evidence& evidence, Findings& findings);

// All of them.
Findings Judge(const Evidence& evidence);

}  // namespace kondor::judge
