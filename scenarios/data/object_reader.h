// Takes an object of a case file apart, strictly: what it was not asked for is a fault, with its
// place. Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/data/node.h"

namespace kondor::scenarios {

// What a node is, for a message: "text", "a whole number", "an object" ...
std::string_view KindOf(const Node& node);

class ObjectReader {
 public:
  // Both must outlive it. A node that is no object is a fault, and has no fields.
  ObjectReader(const Node& node, Faults& faults);

  // The field, which is now known; null for none.
  const Node* Find(std::string_view key);
  // As Find, but a missing field is a fault.
  const Node* Need(std::string_view key);

  // These return whether the field is there and of its type; another type is a fault.
  bool Text(std::string_view key, std::string& out);
  bool Whole(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most);
  bool Flag(std::string_view key, bool& out);
  const Node* Object(std::string_view key);
  const Node* Array(std::string_view key);
  // A list of texts, at least one.
  bool Texts(std::string_view key, std::vector<std::string>& out);

  // Faults for all fields nobody asked for. Call it last.
  void Finish();
  const Node& node() const { return node_; }
  Faults& faults() { return faults_; }

 private:
  void Expected(const Node& found, std::string_view key, std::string_view what);

  const Node& node_;
  Faults& faults_;
  std::vector<std::string> known_;
};

}  // namespace kondor::scenarios
