#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "tests/floor_plan/rules.h"

namespace kondor::floor_plan {
namespace {

// A name that fits everything places nothing.
constexpr std::array<std::string_view, 9> kNamesThatFitEverything = {
    "common", "util", "utils", "helper", "helpers", "misc", "types", "constants", "stuff"};

constexpr std::array<std::string_view, 7> kCodeEndings = {".h",   ".cc", ".ts", ".js",
                                                          ".mjs", ".py", ".sh"};
constexpr std::size_t kLinesMax = 400;

}  // namespace

Findings CheckNames(const SourceTree& tree) {
  Findings findings;
  for (const SourceFile& file : tree) {
    for (const std::filesystem::path& part : std::filesystem::path(file.path)) {
      const std::string stem = part.stem().string();
      if (std::ranges::find(kNamesThatFitEverything, stem) == kNamesThatFitEverything.end()) {
        continue;
      }
      findings.push_back({file.path, 1, "'" + stem + "' says nothing: name what it answers"});
    }
  }
  return findings;
}

Findings CheckLengths(const SourceTree& tree) {
  Findings findings;
  for (const SourceFile& file : tree) {
    const std::string ending = std::filesystem::path(file.path).extension().string();
    if (std::ranges::find(kCodeEndings, ending) == kCodeEndings.end()) continue;
    if (file.lines.size() <= kLinesMax) continue;
    findings.push_back({file.path, kLinesMax + 1,
                        std::to_string(file.lines.size()) + " lines, over " +
                            std::to_string(kLinesMax) + ": does it still answer one question?"});
  }
  return findings;
}

}  // namespace kondor::floor_plan
