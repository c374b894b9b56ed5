#include "scenarios/judge/fields.h"

namespace kondor::judge {
namespace {

const Json* Find(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto it = object.find(name);
  return it == object.end() ? nullptr : &*it;
}

}  // namespace

std::string TextIn(const Json& object, const char* name) {
  const Json* const field = Find(object, name);
  return field != nullptr && field->is_string() ? field->get<std::string>() : "";
}

std::int64_t NumberIn(const Json& object, const char* name) {
  const Json* const field = Find(object, name);
  return field != nullptr && field->is_number_integer() ? field->get<std::int64_t>() : 0;
}

const Json& ListIn(const Json& object, const char* name) {
  static const Json none = Json::array();
  const Json* const field = Find(object, name);
  return field != nullptr && field->is_array() ? *field : none;
}

const Json& ObjectIn(const Json& object, const char* name) {
  static const Json none = Json::object();
  const Json* const field = Find(object, name);
  return field != nullptr && field->is_object() ? *field : none;
}

}  // namespace kondor::judge
