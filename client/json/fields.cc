#include "client/json/fields.h"

#include <limits>

namespace kondor::client {
namespace {

const Json& Nothing(Json::value_t type) {
  static const Json text(Json::value_t::string), flag(Json::value_t::boolean),
      number(Json::value_t::number_integer), array(Json::value_t::array),
      object(Json::value_t::object);
  switch (type) {
    case Json::value_t::string:
      return text;
    case Json::value_t::boolean:
      return flag;
    case Json::value_t::number_integer:
      return number;
    case Json::value_t::array:
      return array;
    default:
      return object;
  }
}

}  // namespace

const Json* Fields::Find(const char* name) const {
  if (!json_.is_object()) return nullptr;
  const auto it = json_.find(name);
  return it == json_.end() ? nullptr : &*it;
}

void Fields::Blame(const char* name, const char* why) {
  if (fault_.empty()) fault_ = std::string("\"") + name + "\" " + why;
}

const Json& Fields::Need(const char* name, Json::value_t type, const char* type_text) {
  const Json* field = Find(name);
  if (field != nullptr && field->type() == type) return *field;
  Blame(name, field == nullptr ? "is missing" : type_text);
  return Nothing(type);
}

std::string Fields::Text(const char* name) {
  return Need(name, Json::value_t::string, "is no text").get_ref<const std::string&>();
}

bool Fields::Flag(const char* name) {
  return Need(name, Json::value_t::boolean, "is neither true nor false").get<bool>();
}

std::int64_t Fields::Number(const char* name) {
  // The parser makes whole numbers that are not negative unsigned.
  const Json* field = Find(name);
  if (field != nullptr && field->is_number_unsigned() &&
      field->get<std::uint64_t>() <=
          static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return field->get<std::int64_t>();
  }
  return Need(name, Json::value_t::number_integer, "is no whole number").get<std::int64_t>();
}

const Json& Fields::Array(const char* name) {
  return Need(name, Json::value_t::array, "is no list");
}

const Json& Fields::Object(const char* name) {
  return Need(name, Json::value_t::object, "is no object");
}

std::optional<std::string> Fields::TextOrNone(const char* name) {
  const Json* field = Find(name);
  if (field == nullptr || field->is_null()) return {};
  return Text(name);
}

std::optional<std::string> Fields::TextInObjectOrNone(const char* name, const char* inner) {
  const Json* field = Find(name);
  if (field == nullptr || field->is_null()) return {};
  Fields below(Object(name));
  auto text = below.TextOrNone(inner);
  Adopt(below);
  return text;
}

}  // namespace kondor::client
