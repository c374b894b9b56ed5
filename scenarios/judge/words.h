// Numbers as a report writes them. Thread-safe: pure functions.
#pragma once

#include <string>

#include "base/clock.h"

namespace kondor::judge {

std::string Seconds(Duration d);  // "3.204 s"
// "3 calls", "1 call".
std::string Some(std::size_t count, const std::string& one);

}  // namespace kondor::judge
