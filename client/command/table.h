// Columns that stand below each other. Not thread-safe.
#pragma once

#include <string>
#include <vector>

namespace kondor::client::command {

enum class Colour { kNone, kGreen, kYellow, kRed };

struct Cell {
  std::string text;
  Colour colour = Colour::kNone;
};

enum class Paint { kPlain, kColours };

class Table {
 public:
  explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}

  // As many cells as there are headings. Control characters in them are blanks.
  void Add(std::vector<Cell> row);
  bool empty() const { return rows_.empty(); }

  // Each line with its end. A column that is empty in every row is left out.
  std::string ToText(Paint paint) const;

 private:
  const std::vector<std::string> headings_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace kondor::client::command
