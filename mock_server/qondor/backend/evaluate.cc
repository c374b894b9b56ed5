#include "mock_server/qondor/backend/evaluate.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mock_server/qondor/backend/json_text.h"

namespace kondor::qondor {
namespace {

using Op = Source::Op;

// Sums of money are whole in far fewer places; what binary fractions leave over is no money.
double Rounded(double value) {
  constexpr double kPlaces = 1e6;
  constexpr double kMost = 7.9e28;  // about what a .NET decimal holds
  return std::abs(value) < 1e9 ? std::round(value * kPlaces) / kPlaces
                               : std::clamp(value, -kMost, kMost);
}

}  // namespace

Scalar Evaluator::Value(const Source& source, Seen of) {
  switch (source.op) {
    case Op::kField:
      return of.Get(source.field);
    case Op::kId:
      return Scalar::Int(of.entity->id);
    case Op::kPath: {
      const Seen end = store_.Follow(of, source.hops);
      return end ? Value(*source.target, end) : Scalar{};
    }
    case Op::kWord: {
      const Scalar number = Value(*source.args.front(), of);
      if (number.is_null()) return {};
      const std::string_view word = source.words->TextOf(number.whole);
      return word.empty() ? Scalar{} : Scalar::Text(word);
    }
    case Op::kCountry: {
      const Scalar code = Value(*source.args.front(), of);
      const std::string_view name =
          code.is_text() ? contract_.CountryOf(code.text) : std::string_view();
      return name.empty() ? Scalar{} : Scalar::Text(name);
    }
    case Op::kLocal: {
      const Scalar date = Value(*source.args.front(), of);
      return date.is_null() ? date : Scalar::Date(date.whole, ScalarKind::kDateLocal);
    }
    case Op::kConstant:
      return source.constant;
    case Op::kNot:
      return Scalar::Bool(!Value(*source.args.front(), of).is_true());
    case Op::kFirst:
      for (const auto& argument : source.args) {
        const Scalar value = Value(*argument, of);
        if (!value.is_null()) return value;
      }
      return {};
    case Op::kJoin:
    case Op::kFormat:
      return Joined(source, of);
    case Op::kPlus:
    case Op::kMinus:
    case Op::kTimes:
      return Arithmetic(source, of);
    case Op::kCount:
    case Op::kSum:
      return Total(source, of);
    case Op::kChildren:
    case Op::kLinked:
    case Op::kObject:
      return {};
  }
  return {};
}

Scalar Evaluator::Arithmetic(const Source& source, Seen of) {
  double result = 0;
  bool first = true;
  for (const auto& argument : source.args) {
    const Scalar value = Value(*argument, of);
    if (!value.is_number()) return {};
    const double operand = value.AsNumber();
    if (first) {
      result = operand;
    } else if (source.op == Op::kPlus) {
      result += operand;
    } else if (source.op == Op::kMinus) {
      result -= operand;
    } else {
      result *= operand;
    }
    first = false;
  }
  return Scalar::Number(Rounded(result));
}

Scalar Evaluator::Joined(const Source& source, Seen of) {
  std::string made = source.text;
  for (const auto& argument : source.args) {
    const Scalar value = Value(*argument, of);
    if (source.op == Op::kJoin) {
      if (!value.is_text() || value.text.empty()) continue;
      if (!made.empty()) made += ' ';
      made += value.text;
    } else {
      std::string text;
      AppendScalar(text, value);
      made.replace(made.find("{}"), 2, text);
    }
  }
  made_ = std::move(made);
  return made_.empty() ? Scalar{} : Scalar::Text(made_);
}

Scalar Evaluator::Total(const Source& source, Seen of) {
  std::int64_t count = 0;
  double sum = 0;
  const Table& children = store_.TableOf(*source.resource);
  store_.ForEachChild(*source.resource, source.by, of.entity->id, [&](const Entity& child) {
    ++count;
    if (source.op == Op::kSum) sum += Value(*source.target, {&children, &child}).AsNumber();
  });
  return source.op == Op::kCount ? Scalar::Int(count) : Scalar::Number(Rounded(sum));
}

}  // namespace kondor::qondor
