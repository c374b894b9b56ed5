#include "mock_server/json/object_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace kondor {
namespace {

std::string TypeName(const Json& value) {
  if (value.is_number_float()) return "a number with a fraction";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "text";
  if (value.is_array()) return "an array";
  if (value.is_object()) return "an object";
  if (value.is_boolean()) return "true or false";
  return "null";
}

// A name as a part of a JSON pointer (RFC 6901).
std::string PointerPart(std::string_view name) {
  std::string part;
  for (const char c : name) {
    if (c == '~') {
      part += "~0";
    } else if (c == '/') {
      part += "~1";
    } else {
      part += c;
    }
  }
  return part;
}

}  // namespace

ObjectReader::ObjectReader(const Json& object, std::string place)
    : object_(object), place_(std::move(place)) {
  if (!object_.is_object()) {
    fault_ = Error{ErrorKind::kInvalidArgument, place_ + (place_.empty() ? "" : ": ") +
                                                    "expected an object, got " + TypeName(object_)};
  }
}

const Json* ObjectReader::Take(std::string_view name) {
  known_.emplace_back(name);
  if (fault_ || !object_.is_object()) return nullptr;
  const auto found = object_.find(std::string(name));
  return found == object_.end() ? nullptr : &*found;
}

bool ObjectReader::Text(std::string_view name, std::string& out) {
  const Json* value = Take(name);
  if (value == nullptr) return false;
  if (!value->is_string()) {
    Fail(name, "expected text, got " + TypeName(*value));
    return false;
  }
  out = value->get_ref<const std::string&>();
  return true;
}

bool ObjectReader::OptionalText(std::string_view name, std::optional<std::string>& out) {
  const Json* value = Take(name);
  if (value == nullptr) return false;
  if (value->is_null()) {
    out.reset();
    return true;
  }
  if (!value->is_string()) {
    Fail(name, "expected text or null, got " + TypeName(*value));
    return false;
  }
  out = value->get<std::string>();
  return true;
}

bool ObjectReader::Flag(std::string_view name, bool& out) {
  const Json* value = Take(name);
  if (value == nullptr) return false;
  if (!value->is_boolean()) {
    Fail(name, "expected true or false, got " + TypeName(*value));
    return false;
  }
  out = value->get<bool>();
  return true;
}

bool ObjectReader::Whole(std::string_view name, std::int64_t& out, std::int64_t least,
                         std::int64_t most) {
  const Json* value = Take(name);
  if (value == nullptr) return false;
  // An unsigned number past int64 would wrap when read as signed: it is out of range in any case.
  const bool too_big = value->is_number_unsigned() &&
                       value->get<std::uint64_t>() >
                           static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!value->is_number_integer() || too_big || value->get<std::int64_t>() < least ||
      value->get<std::int64_t>() > most) {
    Fail(name,
         "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
             (value->is_number() ? ", got " + DumpJson(*value) : ", got " + TypeName(*value)));
    return false;
  }
  out = value->get<std::int64_t>();
  return true;
}

const Json* ObjectReader::Object(std::string_view name) {
  const Json* value = Take(name);
  if (value == nullptr || value->is_object()) return value;
  Fail(name, "expected an object, got " + TypeName(*value));
  return nullptr;
}

const Json* ObjectReader::Array(std::string_view name) {
  const Json* value = Take(name);
  if (value == nullptr || value->is_array()) return value;
  Fail(name, "expected an array, got " + TypeName(*value));
  return nullptr;
}

const Json* ObjectReader::Any(std::string_view name) { return Take(name); }

void ObjectReader::Require(std::string_view name) {
  if (!fault_ && object_.is_object() && !object_.contains(std::string(name))) {
    Fail(name, "required, but missing");
  }
}

void ObjectReader::Fail(std::string_view name, const std::string& what) {
  if (!fault_) fault_ = Error{ErrorKind::kInvalidArgument, PlaceOf(name) + ": " + what};
}

std::string ObjectReader::PlaceOf(std::string_view name) const {
  return place_ + "/" + std::string(name);
}

std::string ObjectReader::PlaceOf(std::string_view name, std::size_t index) const {
  return PlaceOf(name) + "/" + std::to_string(index);
}

Result<void> ObjectReader::Finish() {
  if (fault_) return Unexpected(*fault_);
  for (const auto& [name, value] : object_.items()) {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    std::string allowed;
    for (const std::string& known : known_) allowed += (allowed.empty() ? "" : ", ") + known;
    return Unexpected(ErrorKind::kInvalidArgument, PlaceOf(PointerPart(Shown(name))) +
                                                       ": unknown field; known here: " + allowed);
  }
  return {};
}

}  // namespace kondor
