// The results in the forms that people and machines read. Each is the whole text of a file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/run/crew.h"

namespace kondor::scenarios {

struct Summary {
  std::uint64_t seed = 1;
  double seconds = 0;
  std::string target;  // "the mock of this program", or an address
};

enum class Colour { kNo, kYes };

// Failures first, expected and got side by side; then what was skipped and why; then one line.
std::string TerminalReport(const Results& results, const Summary& summary, Colour colour);
std::string JsonReport(const Results& results, const Summary& summary);
std::string JunitReport(const Results& results, const Summary& summary);
std::string TapReport(const Results& results, const Summary& summary);
std::string HtmlReport(const Results& results, const Summary& summary);

// "2731 passed, 1 failed, 12 skipped, 40 not played (interrupted) in 8.4 s; seed 1".
std::string SummaryLine(const Results& results, const Summary& summary);

// As it may stand on a terminal or in XML: control characters are spelled out.
std::string Printable(std::string_view text);

// kUnavailable, in one line, when it cannot be written whole; what was there before stays then.
Result<void> WriteReport(const std::string& path, const std::string& text);

}  // namespace kondor::scenarios
