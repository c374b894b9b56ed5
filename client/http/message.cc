#include "client/http/message.h"

#include <algorithm>

namespace kondor::client {
namespace {

// Of letters in header names, which are ASCII; the C library's would ask the locale.
constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

}  // namespace

std::string_view ToText(Method method) {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kHead:
      return "HEAD";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
  }
  return {};
}

const std::string* Response::FindHeader(std::string_view name) const {
  const auto it = std::ranges::find_if(
      headers, [name](const Field& field) { return SameName(field.name, name); });
  return it == headers.end() ? nullptr : &it->value;
}

}  // namespace kondor::client
