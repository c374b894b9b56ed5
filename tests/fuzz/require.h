// What a fuzz target checks beyond "it does not crash": a broken property ends the program, which
// the fuzzer reports with the input that did it.
#pragma once

#include <cstdlib>

namespace kondor::fuzz {

inline void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace kondor::fuzz
