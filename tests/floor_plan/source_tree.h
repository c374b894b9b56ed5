// The repository's text files, read into memory for the rules to look at.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kondor::floor_plan {

struct SourceFile {
  std::string path;                // from the repository's root, with '/'
  std::vector<std::string> lines;  // as written
  std::vector<std::string> code;   // the same without comments and the insides of literals

  bool IsHeader() const { return path.ends_with(".h"); }
  bool IsCpp() const { return IsHeader() || path.ends_with(".cc"); }
};

using SourceTree = std::vector<SourceFile>;

// What a rule found, at a line a person can go to (counted from 1).
struct Finding {
  std::string path;
  std::size_t line = 1;
  std::string why;
};
using Findings = std::vector<Finding>;

enum class Bracket { kQuote, kAngle };
struct Include {
  std::size_t line = 1;
  std::string target;
  Bracket bracket = Bracket::kQuote;
};

SourceFile MakeSourceFile(std::string path, std::string_view text);

// Every text file below `root` that people write: not what is hidden, built or fetched.
SourceTree ReadSourceTree(const std::filesystem::path& root);

// The #include lines of a file; those inside comments and literals are none.
std::vector<Include> IncludesOf(const SourceFile& file);

}  // namespace kondor::floor_plan
