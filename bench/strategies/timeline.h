// When the calls of a run were decided, as short as a page with thousands of runs needs it.
// Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/strategies/simulation.h"

namespace kondor::bench {

struct Mark {
  std::int64_t tenths = 0;  // of a second after the scenario's begin
  std::uint32_t worker = 0;
  bool admitted = false;
};

// The first tries of a run, as many as a page has room for.
inline constexpr std::size_t kMarksMax = 180;
std::vector<Mark> MarksOf(const std::vector<Try>& tries);

// The first `most` marks, for a picture a thousand points wide: instants are right to within one of
// its points (or a tenth of a second), outcomes are exact. One after the other, numbers in base
// 36:
//   "3:"    at the beginning: how many tenths of a second the unit of the others is
//   "3aA"   the first worker is admitted 3a units after the mark before (a 0 is left out)
//   "3aB"   it is refused then; "C" and "D" are the second worker's, and so on
//   "2*5;"  the last two marks five times more
// REQUIRES: at most 13 workers.
std::string Encode(const std::vector<Mark>& marks, std::size_t most);

}  // namespace kondor::bench
