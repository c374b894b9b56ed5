// Holds an answer against what was expected of it.
#pragma once

#include <vector>

#include "scenarios/data/scenario.h"
#include "scenarios/judge/match.h"
#include "scenarios/wire/message.h"

namespace kondor::scenarios {

// All that differs. The journal is not in an answer: see JudgeJournal.
std::vector<Mismatch> Judge(const Expectation& expect, const Reply& reply);

std::vector<Mismatch> JudgeJournal(const Json& matcher, const Json& entry);
std::vector<Mismatch> JudgeClient(const Json& matcher, const Json& outcome);

enum class Admission { kAdmitted, kRefused, kBadCredentials, kOther };

// What a vendor's answer says about the limits; kOther when it is an error for another reason.
Admission AdmissionOf(Surface surface, const Reply& reply);
char LetterOf(Admission admission);  // + - ! ?

}  // namespace kondor::scenarios
