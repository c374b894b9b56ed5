// Every kind of fault there is, by the name it has in a script. Thread-safe: constant once made.
#pragma once

#include <string>
#include <string_view>

#include "mock_server/faults/kind.h"

namespace kondor::faults {

const Kind* FindKind(std::string_view name);  // nullptr: there is none of that name
std::string KindNames();                      // "latency, slow_drip, ..."

}  // namespace kondor::faults
