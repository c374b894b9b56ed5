#include "mock_server/qondor/arm/arm_visit.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mock_server/http/ascii.h"

namespace kondor::qondor {
namespace {

// $top or $skip; nothing when it is no whole number.
std::optional<std::size_t> PageNumber(const std::string& text) {
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

// The address of the page that begins at `skip`, as this caller reaches it.
std::string NextLink(const ArmVisit& visit, std::size_t top, std::size_t skip) {
  const http::Request& request = visit.call.request;
  const http::HeaderView* host = request.FindHeader("Host");
  const std::string_view name = host == nullptr ? "127.0.0.1" : host->value;
  const bool azure = http::EqualsIgnoreCase(name, "management.azure.com");
  std::string link = azure ? "https://" : "http://";
  link.append(name).append(request.path);
  link += "?api-version=" + *visit.call.query.First("api-version");
  return link + "&$top=" + std::to_string(top) + "&$skip=" + std::to_string(skip);
}

}  // namespace

Answer ArmList(const ArmVisit& visit, std::vector<Json> entities) {
  std::size_t top = entities.size(), skip = 0;
  for (const auto& [name, number] : {std::pair("$top", &top), std::pair("$skip", &skip)}) {
    const std::string* text = visit.call.query.First(name);
    if (text == nullptr) continue;
    const std::optional<std::size_t> read = PageNumber(*text);
    if (!read) return ArmInvalid({{name, "expected a whole number"}});
    *number = *read;
  }
  if (visit.call.query.First("$filter") != nullptr) {
    return ArmInvalid({{"$filter", "this mock does not filter; read the list and choose"}});
  }
  const std::size_t count = entities.size();
  skip = std::min(skip, count);
  const std::size_t shown = std::min(top, count - skip);
  Json value = Json::array();
  for (std::size_t i = skip; i < skip + shown; ++i) value.push_back(std::move(entities[i]));
  const bool more = shown > 0 && skip + shown < count;
  return ArmJson({{"value", std::move(value)},
                  {"count", count},
                  {"nextLink", more ? Json(NextLink(visit, top, skip + shown)) : Json(nullptr)}});
}

ArmFields::ArmFields(const Json& body) {
  const auto found = body.find("properties");
  if (found == body.end() || found->is_null()) return;
  if (found->is_object()) {
    properties_ = &*found;
  } else {
    Fail("properties", "expected an object");
  }
}

const Json* ArmFields::Find(std::string_view name) const {
  if (properties_ == nullptr) return nullptr;
  const auto found = properties_->find(std::string(name));
  return found == properties_->end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::string> ArmFields::Text(std::string_view name) {
  const Json* value = Find(name);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  Fail(name, "expected text");
  return {};
}

std::optional<bool> ArmFields::Flag(std::string_view name) {
  const Json* value = Find(name);
  if (value == nullptr) return {};
  if (value->is_boolean()) return value->get<bool>();
  Fail(name, "expected true or false");
  return {};
}

std::optional<std::string> ArmFields::LastOfId(std::string_view name, std::string_view collection) {
  const std::optional<std::string> text = Text(name);
  if (!text) return {};
  const std::size_t slash = text->rfind('/');
  const std::size_t begin = slash == std::string::npos || slash + 1 < collection.size()
                                ? std::string::npos
                                : slash + 1 - collection.size();
  const bool fits = begin != std::string::npos &&
                    http::EqualsIgnoreCase(text->substr(begin, collection.size()), collection) &&
                    slash + 1 < text->size();
  if (fits) return text->substr(slash + 1);
  Fail(name, "expected an id that ends in " + std::string(collection) + "{id}");
  return {};
}

void ArmFields::Require(std::string_view name) {
  if (Find(name) == nullptr) Fail(name, "'" + std::string(name) + "' is required.");
}

void ArmFields::Fail(std::string_view name, std::string message) {
  faults_.push_back({std::string(name), std::move(message)});
}

Precondition CheckPrecondition(const ArmVisit& visit, std::uint64_t version) {
  switch (ReadIfMatch(visit.call.request, version)) {
    case IfMatch::kMissing:
      return {ArmInvalid({{"If-Match", "the header is required: an ETag, or *"}}), {}};
    case IfMatch::kStale:
      return {ArmPreconditionFailed(), {}};
    case IfMatch::kAny:
      return {};
    case IfMatch::kMatches:
      break;
  }
  return {{}, version};
}

}  // namespace kondor::qondor
