// Which names of a call a refusal is about, for the journal: names that the contract gives, never
// what was sent under them. Thread-safe: pure functions.
#pragma once

#include <string>

#include "mock_server/qondor/backend/find.h"

namespace kondor::qondor {

// By what an entity was looked for that is not there: its name, and where it had to be:
// "projectNo and officeId".
std::string LookedUp(const Name& name, const Effect& effect, const Input& input);

// What the verdict is about: the fields at fault, each once and the first few only, or what was
// looked up. Empty when all is well.
std::string Blamed(const Verdict& verdict);

}  // namespace kondor::qondor
