// What kondor-check does once its flags are understood.
#pragma once

#include "scenarios/command/options.h"

namespace kondor::scenarios {

// The program's exit code: 0 all holds, 1 something fell short, 2 usage, 3 nothing was checked.
int Run(const Options& options);

}  // namespace kondor::scenarios
