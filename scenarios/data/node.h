// JSON that remembers where it was written, so that a fault in a case file can be told by line and
// column. A plain value.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kondor::scenarios {

using Json = nlohmann::ordered_json;  // the order of fields is part of some expectations

struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

// NOLINTNEXTLINE(bugprone-exception-escape): what could throw in Json's move is its assertions.
struct Node {
  enum class Kind { kScalar, kArray, kObject };
  struct Member;

  Kind kind = Kind::kScalar;
  Place place;                  // of its first character
  Json scalar;                  // of a kScalar
  std::vector<Node> items;      // of a kArray
  std::vector<Member> members;  // of a kObject, in the order of the file

  bool IsText() const { return kind == Kind::kScalar && scalar.is_string(); }
  const Node* Find(std::string_view key) const;  // of an object; null for none
  Json ToJson() const;
};

// NOLINTNEXTLINE(bugprone-exception-escape): as above.
struct Node::Member {
  std::string key;
  Place place;  // of the key
  Node value;
};

// Everything that is wrong with a file, each as "FILE:LINE:COLUMN: what, and the mend".
struct Faults {
  std::string file;
  std::vector<std::string> lines = {};

  void Add(Place place, std::string_view what);
  bool none() const { return lines.empty(); }
};

// Reads a whole file's text. A fault is one line, placed; a doubled key is a fault.
Result<Node> ReadNode(std::string_view text, const std::string& file);

}  // namespace kondor::scenarios
