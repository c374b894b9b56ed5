// What an entity holds: the fields that are set, sorted by number, 16 bytes each; a text beyond
// them is a block of its own. Most entities leave most of their fields open, and a sandbox may hold
// a million of them. Not thread-safe; a plain value.
#pragma once

#include <cstdint>
#include <vector>

#include "mock_server/qondor/contract/resource.h"
#include "mock_server/qondor/contract/scalar.h"

namespace kondor::qondor {

// One field and its value.
class Cell {
 public:
  Cell(FieldIndex field, const Scalar& value);  // REQUIRES: not null, text under 4 GiB
  Cell(const Cell& other) : Cell(other.field_, other.value()) {}
  Cell(Cell&& other) noexcept
      : field_(other.field_), kind_(other.kind_), size_(other.size_), bits_(other.bits_) {
    other.kind_ = ScalarKind::kNull;
  }
  Cell& operator=(Cell other) noexcept;
  ~Cell() { Drop(); }

  FieldIndex field() const { return field_; }
  Scalar value() const;

 private:
  void Drop();

  FieldIndex field_;
  ScalarKind kind_;
  std::uint32_t size_ = 0;  // of a text
  union Bits {
    std::int64_t whole;
    double number;
    char* text;  // owned
  } bits_;
};

class Record {
 public:
  // Null when it is not set.
  Scalar Get(FieldIndex field) const;
  // Null unsets it. `value` may look at this very record.
  void Set(FieldIndex field, const Scalar& value);

  const std::vector<Cell>& cells() const { return cells_; }
  std::size_t bytes() const;  // on the heap

 private:
  std::vector<Cell> cells_;  // sorted by field
};

}  // namespace kondor::qondor
