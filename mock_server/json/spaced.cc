#include "mock_server/json/spaced.h"

#include <algorithm>

namespace kondor {
namespace {

void Append(std::string& out, const Json& value) {
  if (value.is_object()) {
    out += '{';
    bool first = true;
    for (const auto& [name, member] : value.items()) {
      if (!first) out += ", ";
      first = false;
      AppendJsonString(out, name);
      out += ": ";
      Append(out, member);
    }
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    bool first = true;
    for (const Json& element : value) {
      if (!first) out += ", ";
      first = false;
      Append(out, element);
    }
    out += ']';
  } else if (value.is_string()) {
    AppendJsonString(out, value.get_ref<const std::string&>());
  } else {
    out += DumpJson(value);
  }
}

// A negative char is part of a multi-byte letter: not plain either.
bool IsPlain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

}  // namespace

std::string SpacedJson(const Json& value) {
  std::string out;
  Append(out, value);
  return out;
}

void AppendJsonString(std::string& out, std::string_view text) {
  if (std::all_of(text.begin(), text.end(), &IsPlain)) {
    out += '"';
    out += text;
    out += '"';
  } else {
    out += DumpJson(Json(text));
  }
}

}  // namespace kondor
