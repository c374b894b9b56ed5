// The page that a report is written into. Thread-safe: a pure function.
#pragma once

#include <string>
#include <string_view>

namespace kondor::bench {

// What stands for the figures in the template.
inline constexpr std::string_view kPagePlace = "KONDOR_FIGURES";

std::string PageTemplate();

}  // namespace kondor::bench
