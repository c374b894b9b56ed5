#include "tests/floor_plan/source_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "tests/floor_plan/code_text.h"

namespace kondor::floor_plan {
namespace {

namespace fs = std::filesystem;

constexpr std::array kTextEndings = {".h",   ".cc",   ".S",  ".txt", ".cmake",
                                     ".md",  ".json", ".ts", ".mjs", ".js",
                                     ".css", ".html", ".py", ".sh",  ".yml"};

// Programs without an ending (./dev, .ci/run, bench scripts) announce themselves on their first
// line.
bool IsText(const fs::path& path) {
  const std::string ending = path.extension().string();
  if (std::ranges::find(kTextEndings, ending) != kTextEndings.end()) return true;
  std::array<char, 2> first{};
  return ending.empty() && std::ifstream(path).read(first.data(), 2) && first[0] == '#' &&
         first[1] == '!';
}

bool IsEntered(const fs::path& folder, const fs::path& root) {
  const std::string name = folder.filename().string();
  if (folder.parent_path() == root && name == "build") return false;
  return name == ".ci" || (!name.starts_with('.') && name != "node_modules");
}

std::vector<std::string> SplitLines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

SourceFile MakeSourceFile(std::string path, std::string_view text) {
  SourceFile file{.path = std::move(path), .lines = SplitLines(text), .code = {}};
  if (file.IsCpp()) file.code = SplitLines(BlankCommentsAndLiterals(text));
  return file;
}

SourceTree ReadSourceTree(const fs::path& root) {
  SourceTree tree;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::end(it); ++it) {
    if (it->is_directory() && !IsEntered(it->path(), root)) it.disable_recursion_pending();
    if (!it->is_regular_file() || !IsText(it->path())) continue;
    std::ifstream in(it->path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    tree.push_back(MakeSourceFile(it->path().lexically_relative(root).generic_string(), text));
  }
  std::ranges::sort(tree, {}, &SourceFile::path);
  return tree;
}

std::vector<Include> IncludesOf(const SourceFile& file) {
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    // The directive must stand in the code; its target is a literal there, so the line as written
    // tells it.
    const std::size_t first = file.code[i].find_first_not_of(" \t");
    if (first == std::string::npos || file.code[i][first] != '#') continue;
    if (!HoldsWord(file.code[i], "include")) continue;
    const std::string& line = file.lines[i];
    const std::size_t open = line.find_first_of("\"<");
    if (open == std::string::npos) continue;
    const std::size_t close = line.find_first_of("\">", open + 1);
    includes.push_back({.line = i + 1,
                        .target = line.substr(open + 1, close - (open + 1)),
                        .bracket = line[open] == '<' ? Bracket::kAngle : Bracket::kQuote});
  }
  return includes;
}

}  // namespace kondor::floor_plan
