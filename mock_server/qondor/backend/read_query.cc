#include "mock_server/qondor/backend/read_query.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "mock_server/http/ascii.h"
#include "mock_server/qondor/backend/date_text.h"

namespace kondor::qondor {
namespace {

std::optional<std::int64_t> WholeNumber(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || stop != end) return {};
  return number;
}

std::optional<Scalar> ReadValue(const WireType& type, const std::string& raw) {
  const std::string_view text = http::Trim(raw);
  switch (type.kind) {
    case Kind::kText:
      return Scalar::Text(raw);
    case Kind::kBool:
      if (http::EqualsIgnoreCase(text, "true")) return Scalar::Bool(true);
      if (http::EqualsIgnoreCase(text, "false")) return Scalar::Bool(false);
      return {};
    case Kind::kDate:
      return ParseDate(text);
    case Kind::kInt:
      if (const auto number = WholeNumber(text)) return Scalar::Int(*number);
      return {};
    case Kind::kEnum: {
      const auto number = WholeNumber(text);
      if (number && !type.words->TextOf(*number).empty()) return Scalar::Int(*number);
      const auto named = type.words->NumberOf(text);  // ASP.NET takes the words, too
      return named ? std::optional(Scalar::Int(*named)) : std::nullopt;
    }
    default:
      return {};
  }
}

void ReadParameter(const Field& field, const std::string& raw, Input& input, FieldErrors& errors) {
  const auto value = ReadValue(field.type, raw);
  if (!value) {
    // As much of it as helps to find it.
    constexpr std::size_t kShown = 100;
    errors.Add(field.pascal_name, "The value '" + raw.substr(0, kShown) + "' is not valid.");
    return;
  }
  if (field.type.is_list) {
    const Input::Item* known = input.Find(&field);
    std::vector<Scalar> words = known == nullptr ? std::vector<Scalar>() : known->words;
    words.push_back(*value);
    Input::Item& item = input.Put(&field);
    item.is_list = true;
    item.words = std::move(words);
    return;
  }
  Input::Item& item = input.Put(&field);
  item.scalar = *value;
  if (value->is_text()) item.text = raw;
}

}  // namespace

Input ReadQuery(const Route& route, const http::Query& query, FieldErrors& errors) {
  Input input;
  if (route.operation->has_id()) ReadParameter(IdParameter(), route.id, input, errors);
  for (const Field& field : route.operation->query) {
    bool found = false;
    for (const http::Query::Pair& pair : query.pairs()) {
      if (found && !field.type.is_list) break;
      if (pair.value.empty() || !http::EqualsIgnoreCase(pair.name, field.name)) continue;
      found = true;
      ReadParameter(field, pair.value, input, errors);
    }
    if (field.required && !found) {
      errors.Add(field.pascal_name, "The " + field.pascal_name + " field is required.");
    }
  }
  return input;
}

}  // namespace kondor::qondor
