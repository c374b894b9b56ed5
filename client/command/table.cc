#include "client/command/table.h"

#include <algorithm>
#include <string_view>

#include "client/call/one_line.h"

namespace kondor::client::command {
namespace {

// In letters, not bytes: those that go on with one are not counted.
std::size_t Width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & '\xc0') != '\x80'; }));
}

const char* Begin(Colour colour) {
  switch (colour) {
    case Colour::kGreen:
      return "\x1b[32m";
    case Colour::kYellow:
      return "\x1b[33m";
    case Colour::kRed:
      return "\x1b[31m";
    case Colour::kNone:
      break;
  }
  return "";
}

std::string Painted(const Cell& cell, Paint paint) {
  if (paint == Paint::kPlain || cell.colour == Colour::kNone) return cell.text;
  return Begin(cell.colour) + cell.text + "\x1b[0m";
}

}  // namespace

void Table::Add(std::vector<Cell> row) {
  for (Cell& cell : row) cell.text = OneLine(cell.text);
  rows_.push_back(std::move(row));
}

std::string Table::ToText(Paint paint) const {
  std::vector<std::size_t> widths(headings_.size(), 0);  // 0: left out
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], Width(row[i].text));
  }
  std::string text;
  const auto add_line = [&](const auto& cell_at) {
    std::string line;
    std::size_t owed = 0;  // blanks before the next cell, so that no line ends in any
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] == 0) continue;
      const Cell& cell = cell_at(i);
      const std::size_t width = std::max(widths[i], Width(headings_[i])) + 2;
      if (!cell.text.empty()) {
        line.append(owed, ' ');
        line += Painted(cell, paint);
        owed = 0;
      }
      owed += width - Width(cell.text);
    }
    text += line + "\n";
  };
  std::vector<Cell> headings;
  for (const std::string& heading : headings_) headings.push_back({heading});
  add_line([&](std::size_t i) -> const Cell& { return headings[i]; });
  for (const auto& row : rows_) add_line([&](std::size_t i) -> const Cell& { return row[i]; });
  return text;
}

}  // namespace kondor::client::command
