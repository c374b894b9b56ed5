// docs/COVERAGE.md: which scenarios prove which rule, and why the others are not covered.
#pragma once

#include <string>

#include "scenarios/data/suite.h"

namespace kondor::scenarios {

std::string CoveragePage(const Suite& suite);

}  // namespace kondor::scenarios
