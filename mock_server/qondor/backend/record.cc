#include "mock_server/qondor/backend/record.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kondor::qondor {
namespace {

auto PlaceOf(const std::vector<Cell>& cells, FieldIndex field) {
  return std::lower_bound(
      cells.begin(), cells.end(), field,
      [](const Cell& cell, FieldIndex wanted) { return cell.field() < wanted; });
}

}  // namespace

Cell::Cell(FieldIndex field, const Scalar& value) : field_(field), kind_(value.kind) {
  if (kind_ == ScalarKind::kNumber) {
    bits_.number = value.number;
  } else if (kind_ == ScalarKind::kText) {
    size_ = static_cast<std::uint32_t>(value.text.size());
    bits_.text = new char[value.text.size()];
    std::copy(value.text.begin(), value.text.end(), bits_.text);
  } else {
    bits_.whole = value.whole;
  }
}

Cell& Cell::operator=(Cell other) noexcept {
  std::swap(field_, other.field_);
  std::swap(kind_, other.kind_);
  std::swap(size_, other.size_);
  std::swap(bits_, other.bits_);
  return *this;
}

void Cell::Drop() {
  if (kind_ == ScalarKind::kText) delete[] bits_.text;
}

Scalar Cell::value() const {
  switch (kind_) {
    case ScalarKind::kText:
      return Scalar::Text({bits_.text, size_});
    case ScalarKind::kNumber:
      return Scalar::Number(bits_.number);
    default:
      return {kind_, bits_.whole, 0, {}};
  }
}

Scalar Record::Get(FieldIndex field) const {
  const auto place = PlaceOf(cells_, field);
  return place != cells_.end() && place->field() == field ? place->value() : Scalar{};
}

void Record::Set(FieldIndex field, const Scalar& value) {
  const auto place = cells_.begin() + (PlaceOf(cells_, field) - cells_.cbegin());
  const bool is_set = place != cells_.end() && place->field() == field;
  if (value.is_null()) {
    if (is_set) cells_.erase(place);
  } else if (is_set) {
    *place = Cell(field, value);
  } else {
    cells_.insert(place, Cell(field, value));
  }
}

std::size_t Record::bytes() const {
  std::size_t bytes = cells_.capacity() * sizeof(Cell);
  for (const Cell& cell : cells_) bytes += cell.value().text.size();
  return bytes;
}

}  // namespace kondor::qondor
