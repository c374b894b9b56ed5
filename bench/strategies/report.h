// What a matrix says, for people and for programs. Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/strategies/matrix.h"

namespace kondor::bench {

// One line for each strategy, best first: its worst case over the readings, in each scenario.
std::string WriteTable(const std::vector<Row>& rows);

// {"seed", "rows": [{"strategy", "reading": {...}, "scenario", ...}]}; times in seconds.
std::string WriteJson(const std::vector<Row>& rows, std::uint64_t seed);

// One self-contained page: heat map, timelines and a sortable table. It asks for nothing outside.
// Timelines are shortened until it is no larger than that.
inline constexpr std::size_t kPageBytesMax = 400'000;
std::string WritePage(const std::vector<Row>& rows, std::uint64_t seed);

}  // namespace kondor::bench
