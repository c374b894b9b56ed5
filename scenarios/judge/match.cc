#include "scenarios/judge/match.h"

#include <algorithm>
#include <array>
#include <regex>

#include "scenarios/data/object_reader.h"
#include "scenarios/data/scenario.h"

namespace kondor::scenarios {
namespace {

constexpr std::array<std::string_view, 7> kTypes = {"string", "integer", "number", "boolean",
                                                    "object", "array",   "null"};
constexpr std::array<std::string_view, 12> kMatchers = {
    "$type", "$matches",  "$absent", "$any_of", "$all_of", "$not",
    "$json", "$contains", "$each",   "$length", "$keys",   "$shape"};

bool IsType(const Json& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  return value.is_null();
}

bool IsMatcher(const Json& json) {
  return json.is_object() && json.size() == 1 && json.begin().key().starts_with("$");
}

void CheckOperand(const Node::Member& member, Faults& faults) {
  const Node& operand = member.value;
  const std::string& name = member.key;
  if (name == "$type" &&
      (!operand.IsText() || std::ranges::find(kTypes, operand.scalar) == kTypes.end())) {
    faults.Add(operand.place,
               "$type is one of: string, integer, number, boolean, object, array, null");
  } else if (name == "$matches") {
    try {
      static_cast<void>(std::regex(operand.scalar.get<std::string>()));
    } catch (const std::exception&) {  // of the regex, or of a scalar that is no text
      faults.Add(operand.place, "$matches takes a regular expression (ECMAScript)");
    }
  } else if (name == "$absent" && operand.ToJson() != Json(true)) {
    faults.Add(operand.place, "$absent takes true");
  } else if ((name == "$any_of" || name == "$all_of" || name == "$keys") &&
             operand.kind != Node::Kind::kArray) {
    faults.Add(operand.place, name + " takes a list");
  } else if ((name == "$any_of" || name == "$all_of") && operand.items.empty()) {
    faults.Add(operand.place, name + " takes at least one matcher");
  } else if (name == "$shape") {
    for (const Node::Member& field : operand.members) {
      if (field.value.IsText() && std::ranges::find(kTypes, field.value.scalar) != kTypes.end()) {
        continue;
      }
      faults.Add(field.place, "$shape takes a type for each key, as $type does");
    }
    if (operand.kind != Node::Kind::kObject) faults.Add(operand.place, "$shape takes an object");
  } else if (name == "$length" && !operand.ToJson().is_number_unsigned()) {
    faults.Add(operand.place, "$length takes a whole number");
  }
}

// Whether `got` is what `matcher` says, with the reasons thrown away.
bool Fits(const Json& matcher, const Json* got, Objects objects) {
  std::vector<Mismatch> reasons;
  MatchJson(matcher, got, objects, "", reasons);
  return reasons.empty();
}

bool HasKeys(const Json& got, const Json& keys) {
  if (!got.is_object() || got.size() != keys.size()) return false;
  std::size_t i = 0;
  for (auto it = got.begin(); it != got.end(); ++it, ++i) {
    if (NameOfValue(keys[i]) != it.key()) return false;
  }
  return true;
}

// Those keys in that order, each of its type or null.
bool HasShape(const Json& got, const Json& shape) {
  if (!got.is_object() || got.size() != shape.size()) return false;
  auto type = shape.begin();
  for (auto it = got.begin(); it != got.end(); ++it, ++type) {
    if (type.key() != it.key()) return false;
    if (!it->is_null() && !IsType(*it, type->get<std::string>())) return false;
  }
  return true;
}

bool IsTextOfJson(const Json& got, const Json& matcher, Objects objects) {
  if (!got.is_string()) return false;
  const Json inner = Json::parse(got.get<std::string>(), nullptr, false);
  return !inner.is_discarded() && Fits(matcher, &inner, objects);
}

bool Holds(const std::string& name, const Json& operand, const Json* got, Objects objects) {
  const auto fits = [&](const Json& one) { return Fits(one, got, objects); };
  const auto fits_operand = [&](const Json& item) { return Fits(operand, &item, objects); };
  if (name == "$absent") return got == nullptr;
  if (name == "$any_of") return std::any_of(operand.begin(), operand.end(), fits);
  if (name == "$not") return !fits(operand);
  if (got == nullptr) return false;
  if (name == "$type") return IsType(*got, operand.get<std::string>());
  if (name == "$keys") return HasKeys(*got, operand);
  if (name == "$shape") return HasShape(*got, operand);
  if (name == "$json") return IsTextOfJson(*got, operand, objects);
  if (name == "$length") {
    return (got->is_array() || got->is_object())
               ? got->size() == operand.get<std::size_t>()
               : got->is_string() && got->get<std::string>().size() == operand.get<std::size_t>();
  }
  if (name == "$matches") {
    return got->is_string() &&
           std::regex_search(got->get<std::string>(), std::regex(operand.get<std::string>()));
  }
  return got->is_array() && std::any_of(got->begin(), got->end(), fits_operand);  // $contains
}

// These two are several matchers in one: what differs is told of the one that does.
bool MatchSeveral(const std::string& name, const Json& operand, const Json* got, Objects objects,
                  const std::string& at, std::vector<Mismatch>& out) {
  if (name == "$all_of") {
    for (const Json& one : operand) MatchJson(one, got, objects, at, out);
    return true;
  }
  if (name != "$each" || got == nullptr || !got->is_array()) return false;
  for (std::size_t i = 0; i < got->size(); ++i) {
    MatchJson(operand, &(*got)[i], objects, at + "/" + std::to_string(i), out);
  }
  return true;
}

void MatchObject(const Json& matcher, const Json& got, Objects objects, const std::string& at,
                 std::vector<Mismatch>& out) {
  for (auto it = matcher.begin(); it != matcher.end(); ++it) {
    const auto found = got.find(it.key());
    MatchJson(it.value(), found == got.end() ? nullptr : &found.value(), objects,
              at + "/" + it.key(), out);
  }
  if (objects == Objects::kSubset) return;
  for (auto it = got.begin(); it != got.end(); ++it) {
    if (!matcher.contains(it.key())) {
      out.push_back({at + "/" + it.key(), "(absent)", it.value().dump()});
    }
  }
}

}  // namespace

void CheckMatcher(const Node& node, Faults& faults) {
  for (const Node& item : node.items) CheckMatcher(item, faults);
  for (const Node::Member& member : node.members) {
    CheckMatcher(member.value, faults);
    if (!member.key.starts_with("$")) continue;
    if (std::ranges::find(kMatchers, member.key) == kMatchers.end()) {
      std::string list;
      for (const std::string_view name : kMatchers) list += " " + std::string(name);
      faults.Add(member.place, "unknown matcher '" + member.key + "'; known:" + list);
    } else if (node.members.size() != 1) {
      faults.Add(member.place, "a matcher stands alone in its object");
    } else {
      CheckOperand(member, faults);
    }
  }
}

void MatchJson(const Json& matcher, const Json* got, Objects objects, const std::string& at,
               std::vector<Mismatch>& out) {
  const auto differs = [&] {
    out.push_back({at, matcher.dump(), got == nullptr ? "(absent)" : got->dump()});
  };
  if (IsMatcher(matcher)) {
    const std::string name = matcher.begin().key();
    if (MatchSeveral(name, matcher.begin().value(), got, objects, at, out)) return;
    if (!Holds(name, matcher.begin().value(), got, objects)) differs();
    return;
  }
  if (got == nullptr) return differs();
  if (matcher.is_object() && got->is_object()) return MatchObject(matcher, *got, objects, at, out);
  if (matcher.is_array() && got->is_array() && matcher.size() == got->size()) {
    for (std::size_t i = 0; i < matcher.size(); ++i) {
      MatchJson(matcher[i], &(*got)[i], objects, at + "/" + std::to_string(i), out);
    }
    return;
  }
  // 1 and 1.0 are one number to JSON; text and numbers are not.
  if (*got != matcher) differs();
}

}  // namespace kondor::scenarios
