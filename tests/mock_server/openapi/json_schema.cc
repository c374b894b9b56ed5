#include "tests/mock_server/openapi/json_schema.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>

namespace kondor::openapi {
namespace {

class Checker {
 public:
  Checker(const Json& document, std::vector<std::string>& violations)
      : document_(document), violations_(violations) {}

  void Check(const Json& schema, const Json& value, const std::string& place) {
    if (!schema.is_object()) return Report(place, "its schema is no object");
    for (const auto& [keyword, argument] : schema.items()) {
      if (keyword == "$ref") {
        CheckRef(argument, value, place);
      } else if (keyword == "type") {
        CheckType(argument, value, place);
      } else if (keyword == "enum") {
        CheckEnum(argument, value, place);
      } else if (keyword == "required") {
        CheckRequired(argument, value, place);
      } else if (keyword == "items") {
        CheckItems(argument, value, place);
      } else if (keyword == "oneOf") {
        CheckOneOf(argument, value, place);
      } else if (keyword == "anyOf") {
        CheckAnyOf(argument, value, place);
      } else if (keyword == "allOf") {
        for (const Json& part : argument) Check(part, value, place);
      } else if (kOfText.contains(keyword)) {
        CheckText(keyword, argument, value, place);
      } else if (kOfNumber.contains(keyword)) {
        CheckNumber(keyword, argument, value, place);
      } else if (!kRead.contains(keyword)) {
        Report(place, "unknown keyword " + keyword);
      }
    }
    if (value.is_object()) CheckMembers(schema, value, place);
  }

 private:
  // Read elsewhere, or no condition.
  inline static const std::set<std::string> kRead = {"properties", "additionalProperties", "format",
                                                     "description"};

  inline static const std::set<std::string> kOfText = {"minLength", "maxLength", "pattern"};
  inline static const std::set<std::string> kOfNumber = {"minimum", "maximum"};

  void Report(const std::string& place, const std::string& what) {
    violations_.push_back((place.empty() ? "/" : place) + ": " + what);
  }

  void CheckRef(const Json& ref, const Json& value, const std::string& place) {
    const Json* schema = Find(document_, ref.get<std::string>());
    if (schema == nullptr) return Report(place, "nothing is at " + ref.get<std::string>());
    Check(*schema, value, place);
  }

  static bool IsOfType(const std::string& type, const Json& value) {
    if (type == "null") return value.is_null();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "string") return value.is_string();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
  }

  void CheckType(const Json& types, const Json& value, const std::string& place) {
    const Json list = types.is_array() ? types : Json::array({types});
    for (const Json& type : list) {
      if (IsOfType(type.get<std::string>(), value)) return;
    }
    Report(place, "is no " + types.dump() + ": " + value.dump().substr(0, 80));
  }

  void CheckEnum(const Json& values, const Json& value, const std::string& place) {
    if (std::find(values.begin(), values.end(), value) == values.end()) {
      Report(place, "is none of the enum's: " + value.dump().substr(0, 80));
    }
  }

  void CheckRequired(const Json& names, const Json& value, const std::string& place) {
    if (!value.is_object()) return;
    for (const Json& name : names) {
      if (!value.contains(name.get<std::string>())) {
        Report(place, "lacks " + name.get<std::string>());
      }
    }
  }

  void CheckItems(const Json& schema, const Json& value, const std::string& place) {
    if (!value.is_array()) return;
    for (std::size_t i = 0; i < value.size(); ++i) {
      Check(schema, value[i], place + "/" + std::to_string(i));
    }
  }

  void CheckOneOf(const Json& schemas, const Json& value, const std::string& place) {
    std::size_t fitting = 0;
    std::string why;
    for (const Json& schema : schemas) {
      const auto found = Violations(document_, schema, value);
      if (found.empty()) ++fitting;
      if (!found.empty()) why += " [" + found.front() + "]";
    }
    if (fitting != 1) {
      Report(place, "fits " + std::to_string(fitting) + " of oneOf, not one:" + why);
    }
  }

  // Alternatives say what must be there; which members there may be is said beside them.
  void CheckAnyOf(const Json& schemas, const Json& value, const std::string& place) {
    std::string why;
    for (const Json& schema : schemas) {
      Json open = schema;
      if (open.is_object()) open["additionalProperties"] = true;
      const auto found = Violations(document_, open, value);
      if (found.empty()) return;
      why += " [" + found.front() + "]";
    }
    Report(place, "fits none of anyOf:" + why);
  }

  void CheckText(const std::string& keyword, const Json& argument, const Json& value,
                 const std::string& place) {
    if (!value.is_string()) return;
    const std::string& text = value.get_ref<const std::string&>();
    const bool fits = keyword == "minLength"   ? text.size() >= argument.get<std::size_t>()
                      : keyword == "maxLength" ? text.size() <= argument.get<std::size_t>()
                                               : Matches(argument.get<std::string>(), text);
    if (!fits) Report(place, "breaks its " + keyword + ": " + value.dump().substr(0, 80));
  }

  // Each pattern is compiled once: one of all currencies takes a while.
  static bool Matches(const std::string& pattern, const std::string& text) {
    thread_local std::map<std::string, std::regex> compiled;
    return std::regex_search(text, compiled.try_emplace(pattern, pattern).first->second);
  }

  void CheckNumber(const std::string& keyword, const Json& argument, const Json& value,
                   const std::string& place) {
    if (!value.is_number()) return;
    const double number = value.get<double>(), bound = argument.get<double>();
    if (keyword == "minimum" ? number >= bound : number <= bound) return;
    Report(place, "breaks its " + keyword + ": " + value.dump().substr(0, 80));
  }

  void CheckMembers(const Json& schema, const Json& value, const std::string& place) {
    const bool is_open = !schema.contains("properties") && !schema.contains("additionalProperties");
    if (is_open) return;
    const Json properties = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json(false));
    for (const auto& [name, member] : value.items()) {
      const std::string member_place = place + "/" + name;
      if (properties.contains(name)) {
        Check(properties[name], member, member_place);
      } else if (others.is_object()) {
        Check(others, member, member_place);
      } else if (others != Json(true)) {
        Report(member_place, "is not documented");
      }
    }
  }

  const Json& document_;
  std::vector<std::string>& violations_;
};

}  // namespace

std::vector<std::string> Violations(const Json& document, const Json& schema, const Json& value) {
  std::vector<std::string> violations;
  Checker(document, violations).Check(schema, value, "");
  return violations;
}

std::string Complaints(const Json& document, const Json& schema, const Json& value) {
  std::string lines;
  for (const std::string& violation : Violations(document, schema, value))
    lines += violation + "\n";
  return lines;
}

const Json* Find(const Json& document, const std::string& ref) {
  if (ref.substr(0, 2) != "#/") return nullptr;
  const Json::json_pointer pointer(ref.substr(1));
  return document.contains(pointer) ? &document.at(pointer) : nullptr;
}

}  // namespace kondor::openapi
