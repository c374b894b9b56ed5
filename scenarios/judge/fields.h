// Fields of JSON that came from elsewhere: of another type is the same as absent, and nothing
// throws. Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <string>

#include "scenarios/judge/control.h"

namespace kondor::judge {

std::string TextIn(const Json& object, const char* name);     // empty for none
std::int64_t NumberIn(const Json& object, const char* name);  // 0 for none
const Json& ListIn(const Json& object, const char* name);     // an empty array for none
const Json& ObjectIn(const Json& object, const char* name);   // an empty object for none

}  // namespace kondor::judge
