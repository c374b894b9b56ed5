#include "client/command/json_text.h"

namespace kondor::client::command {
namespace {

// Calls `put(piece)` for each text as a whole and for each other letter that is no blank.
template <typename Put>
void ForEachPiece(std::string_view json, Put put) {
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    if (c == '"') {
      while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
      end = end < json.size() ? end + 1 : json.size();
    }
    put(json.substr(at, end - at));
    at = end;
  }
}

}  // namespace

std::string OnOneLine(std::string_view json) {
  std::string line;
  ForEachPiece(json, [&](std::string_view piece) { line += piece; });
  return line;
}

std::string Indented(std::string_view json) {
  std::string text;
  std::size_t depth = 0;
  bool fresh = false;  // after an opening bracket, whose like may follow at once
  const auto new_line = [&] {
    text += '\n';
    text.append(depth * 2, ' ');
  };
  ForEachPiece(json, [&](std::string_view piece) {
    const char c = piece.front();
    const bool closes = c == '}' || c == ']';
    if (closes && depth > 0) --depth;
    if (closes != fresh) new_line();
    fresh = c == '{' || c == '[';
    if (fresh) ++depth;
    text += piece;
    if (c == ':') text += ' ';
    if (c == ',') new_line();
  });
  return text;
}

}  // namespace kondor::client::command
