// One plain value of an entity or a request. A text is only looked at, never owned: it lives as
// long as the record, body or contract it was read from. Not thread-safe; a plain value.
#pragma once

#include <cstdint>
#include <string_view>

namespace kondor::qondor {

// What a .NET decimal holds.
inline constexpr double kDecimalMax = 7.9228162514264337e28;

enum class ScalarKind : std::uint8_t {
  kNull,
  kBool,
  kInt,
  kNumber,
  kText,
  kDateUtc,    // goes out with a Z
  kDateLocal,  // goes out without a zone (Q13)
};

struct Scalar {
  ScalarKind kind = ScalarKind::kNull;
  std::int64_t whole = 0;  // also true and false, and a date's microseconds since 1970
  double number = 0;
  std::string_view text;

  static Scalar Bool(bool value) { return {ScalarKind::kBool, value ? 1 : 0, 0, {}}; }
  static Scalar Int(std::int64_t value) { return {ScalarKind::kInt, value, 0, {}}; }
  static Scalar Number(double value) { return {ScalarKind::kNumber, 0, value, {}}; }
  static Scalar Text(std::string_view value) { return {ScalarKind::kText, 0, 0, value}; }
  static Scalar Date(std::int64_t micros, ScalarKind kind) { return {kind, micros, 0, {}}; }

  bool is_null() const { return kind == ScalarKind::kNull; }
  bool is_true() const { return kind == ScalarKind::kBool && whole != 0; }
  bool is_text() const { return kind == ScalarKind::kText; }
  bool is_date() const { return kind == ScalarKind::kDateUtc || kind == ScalarKind::kDateLocal; }
  bool is_number() const { return kind == ScalarKind::kInt || kind == ScalarKind::kNumber; }
  double AsNumber() const { return kind == ScalarKind::kInt ? static_cast<double>(whole) : number; }

  // Two dates are the same instant whatever zone they are written with.
  friend bool operator==(const Scalar& a, const Scalar& b) {
    if (a.is_date() && b.is_date()) return a.whole == b.whole;
    if (a.is_number() && b.is_number() && a.kind != b.kind) return a.AsNumber() == b.AsNumber();
    return a.kind == b.kind && a.whole == b.whole && a.number == b.number && a.text == b.text;
  }
};

}  // namespace kondor::qondor
